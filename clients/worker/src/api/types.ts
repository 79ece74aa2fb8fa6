// Names for what the API says. They are read off the generated paths, so a change of the contract shows here first.
import type { paths } from './schema'

type Stripped = { [K in keyof paths as K extends `/api/v1/${infer P}` ? P : never]: paths[K] }
type Method = 'get' | 'post'
type With<M extends Method> = {
  [K in keyof Stripped]: Stripped[K] extends { [m in M]: { responses: unknown } } ? K : never
}[keyof Stripped]
type Op<P extends keyof Stripped, M extends Method> = Stripped[P] extends { [m in M]: infer O } ? O : never

// The server sends every field of an answer, also those it could have left to a default.
type Whole<T> = T extends (infer U)[] ? Whole<U>[] : T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T

export type GetPath = With<'get'>
export type PostPath = With<'post'>
export type Out<P extends keyof Stripped, M extends Method> =
  Op<P, M> extends { responses: { 200: { content: { 'application/json': infer R } } } } ? Whole<R> : unknown
export type Body<P extends PostPath> =
  Op<P, 'post'> extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined
export type Query<P extends GetPath> =
  Op<P, 'get'> extends { parameters: { query?: infer Q } } ? Q : never

export type Meta = Out<'meta', 'get'>
export type Me = Out<'me', 'get'>
export type SignedIn = Out<'sign-in/verify', 'post'>
export type Home = Out<'home', 'get'>
export type Waiting = Home['waiting'][number]
export type Service = Home['services'][number]
export type Fact = Out<'facts', 'get'>['items'][number]
export type FactKind = Fact['kind']
export type Employer = Out<'facts/employers', 'get'>['items'][number]
export type Consent = Out<'consents', 'get'>['items'][number]
export type Notice = Out<'inbox', 'get'>['items'][number]
export type Look = Out<'looks', 'get'>['items'][number]
export type Options = Out<'dating/options', 'get'>
export type MyProfile = Out<'dating/profile', 'get'>
export type ProfileChange = Body<'dating/profile'>
export type Filters = Body<'dating/browse'>
export type Card = Out<'dating/browse', 'post'>['items'][number]
export type Profile = Out<'dating/open', 'post'>
export type Pair = Out<'dating/pairs', 'get'>['items'][number]
export type ContactKind = Body<'dating/contact/offer'>['kind']
export type ActivityCard = Out<'activities/find', 'post'>['items'][number]
export type ActivityWish = Body<'activities/find'>
export type ActivityOptions = Out<'activities/options', 'get'>
export type FestivalLine = Out<'activities/find', 'post'>['festivals'][number]
export type Activity = Out<'activities/one', 'get'>
export type Question = Activity['form'][number]
export type MyPlace = Out<'activities/confirm', 'post'>
export type MyActivity = Out<'activities/mine', 'get'>['ahead'][number]
export type Ticket = Out<'activities/ticket', 'get'>
export type Registered = Out<'activities/register', 'post'>
export type Missed = Out<'activities/absences', 'get'>['missed'][number]
export type Consequence = Out<'activities/absences', 'get'>['consequences'][number]
export type Talk = Out<'dating/chat/talks', 'get'>['items'][number]
export type Conversation = Out<'dating/chat/messages', 'get'>
export type Message = Conversation['messages'][number]
export type LiveTalk = Out<'dating/live', 'get'>['mine'][number]
export type VenueOpening = Out<'dating/venues/one', 'get'>['openings'][number]
export type DatingEvent = Out<'dating/events', 'get'>['items'][number]
export type Introduction = Out<'dating/help/people', 'get'>['items'][number]
export type Wedding = Out<'dating/weddings', 'get'>['items'][number]
export type LinkedCard = Out<'dating/circle/people', 'post'>['items'][number]
export type LinkOut = Out<'dating/circle/people', 'post'>['link']
export type PlanetPost = Out<'dating/planets/posts', 'get'>['items'][number]
export type Meetup = Out<'dating/planets/one', 'get'>['meetups'][number]
export type SecondAsked = NonNullable<Out<'dating/events/one', 'get'>['second']>
export type PhotoPurpose = 'profile' | 'identity' | 'evidence'
export interface Photo {
  id: string
  url: string
  waits?: boolean
}
