import { createRouter, createWebHashHistory } from 'vue-router'
import { wiring } from './api/client'
import { i18n } from './i18n'
import { visit } from './lib/storage'
import { forget, session, signedIn } from './state/session'
import { say } from './state/toast'

declare module 'vue-router' {
  interface RouteMeta {
    /** Which of the four places this belongs to; pages without one are a task of their own. */
    tab?: 'home' | 'dating' | 'inbox' | 'me'
    /** Usable before sign-in. */
    open?: boolean
    /** Lies on the phone: opens without a network too. */
    kept?: boolean
  }
}

export const router = createRouter({
  history: createWebHashHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: () => import('./views/HomeView.vue'), meta: { tab: 'home', open: true } },
    { path: '/sign-in', component: () => import('./views/SignInView.vue'), meta: { open: true } },
    { path: '/bind', component: () => import('./views/SignInView.vue'), meta: { open: true } },
    { path: '/bridge', component: () => import('./views/BridgeView.vue'), meta: { open: true } },

    // The server calls the three steps by what they are: facts.
    { path: '/facts', redirect: '/verify' },
    { path: '/verify', component: () => import('./views/verify/StepsView.vue') },
    { path: '/verify/person', component: () => import('./views/verify/PersonView.vue') },
    { path: '/verify/face', component: () => import('./views/verify/FaceView.vue') },
    { path: '/verify/desk', component: () => import('./views/verify/DeskView.vue') },
    { path: '/verify/employer', component: () => import('./views/verify/EmployerView.vue') },
    { path: '/verify/pledge', component: () => import('./views/verify/PledgeView.vue') },

    { path: '/dating', component: () => import('./views/dating/BrowseView.vue'), meta: { tab: 'dating' } },
    { path: '/dating/said', component: () => import('./views/dating/SaidView.vue'), meta: { tab: 'dating' } },
    { path: '/dating/pairs', component: () => import('./views/dating/PairsView.vue'), meta: { tab: 'dating' } },
    { path: '/dating/mine', component: () => import('./views/dating/MineView.vue'), meta: { tab: 'dating' } },
    { path: '/dating/more', component: () => import('./views/dating/MoreView.vue'), meta: { tab: 'dating' } },
    { path: '/dating/profile', component: () => import('./views/dating/ProfileView.vue') },
    { path: '/dating/edit', component: () => import('./views/dating/EditView.vue') },
    { path: '/dating/photos', component: () => import('./views/dating/PhotosView.vue') },
    { path: '/dating/visibility', component: () => import('./views/dating/VisibilityView.vue') },
    { path: '/dating/report', component: () => import('./views/dating/ReportView.vue') },
    { path: '/dating/reports', component: () => import('./views/dating/ReportsView.vue') },
    { path: '/dating/restrictions', component: () => import('./views/dating/RestrictionsView.vue') },
    { path: '/dating/appeal', component: () => import('./views/dating/AppealView.vue') },
    { path: '/dating/blocked', component: () => import('./views/dating/BlockedView.vue') },
    { path: '/dating/events', component: () => import('./views/dating/events/EventsView.vue') },
    { path: '/dating/events/one', component: () => import('./views/dating/events/EventView.vue') },
    { path: '/dating/events/choose', component: () => import('./views/dating/events/ChooseView.vue') },
    { path: '/dating/events/evening', component: () => import('./views/dating/events/EveningView.vue') },
    { path: '/dating/help', component: () => import('./views/dating/help/HelpView.vue') },
    { path: '/dating/help/record', component: () => import('./views/dating/help/RecordView.vue') },
    { path: '/dating/help/people', component: () => import('./views/dating/help/PeopleView.vue') },
    { path: '/dating/help/brands', component: () => import('./views/dating/help/BrandsView.vue') },
    { path: '/dating/weddings', component: () => import('./views/dating/weddings/WeddingsView.vue') },
    { path: '/dating/weddings/list', component: () => import('./views/dating/weddings/ListView.vue') },
    { path: '/dating/chat', component: () => import('./views/dating/chat/ChatView.vue') },
    { path: '/dating/circle', component: () => import('./views/dating/circle/CircleView.vue') },
    { path: '/dating/circle/people', component: () => import('./views/dating/circle/LinkedView.vue') },
    { path: '/dating/planets', component: () => import('./views/dating/planets/PlanetsView.vue') },
    { path: '/dating/planets/one', component: () => import('./views/dating/planets/PlanetView.vue') },
    { path: '/dating/planets/post', component: () => import('./views/dating/planets/PostView.vue') },
    { path: '/dating/planets/mine', component: () => import('./views/dating/planets/MineView.vue') },
    { path: '/dating/planets/propose', component: () => import('./views/dating/planets/ProposeView.vue') },
    { path: '/dating/tiers', component: () => import('./views/dating/safety/TiersView.vue') },
    { path: '/dating/scam', component: () => import('./views/dating/scam/ScamView.vue') },
    { path: '/dating/safety', component: () => import('./views/dating/safety/CareView.vue') },
    { path: '/dating/safety/date', component: () => import('./views/dating/safety/DateView.vue') },
    { path: '/dating/weekly', component: () => import('./views/dating/weekly/WeeklyView.vue') },
    { path: '/dating/weekly/mine', component: () => import('./views/dating/weekly/WeeklyMineView.vue') },
    { path: '/dating/weekly/asked', component: () => import('./views/dating/weekly/AskedView.vue') },
    { path: '/dating/live', component: () => import('./views/dating/weekly/LiveView.vue') },
    { path: '/dating/venues', component: () => import('./views/dating/venues/VenuesView.vue') },
    { path: '/dating/venues/one', component: () => import('./views/dating/venues/VenueView.vue') },
    { path: '/dating/venues/mine', component: () => import('./views/dating/venues/VisitsView.vue') },
    { path: '/dating/shows', component: () => import('./views/dating/venues/ShowsView.vue') },
    { path: '/dating/leave', component: () => import('./views/LeaveView.vue') },

    { path: '/activities', component: () => import('./views/activities/ListView.vue'), meta: { tab: 'home' } },
    { path: '/activities/mine', component: () => import('./views/activities/MineView.vue'), meta: { tab: 'home', kept: true } },
    { path: '/activities/festival', component: () => import('./views/activities/FestivalView.vue') },
    { path: '/activities/one', component: () => import('./views/activities/OneView.vue') },
    { path: '/activities/register', component: () => import('./views/activities/RegisterView.vue') },
    { path: '/activities/ticket', component: () => import('./views/activities/TicketView.vue'), meta: { kept: true } },
    { path: '/activities/take', component: () => import('./views/activities/TakeView.vue'), meta: { open: true } },
    { path: '/activities/lottery', component: () => import('./views/activities/LotteryView.vue') },
    { path: '/activities/live', component: () => import('./views/activities/LiveView.vue') },
    { path: '/activities/survey', component: () => import('./views/activities/SurveyView.vue') },
    { path: '/activities/absences', component: () => import('./views/activities/AbsencesView.vue') },

    { path: '/inbox', component: () => import('./views/InboxView.vue'), meta: { tab: 'inbox' } },
    { path: '/me', component: () => import('./views/me/MeView.vue'), meta: { tab: 'me', open: true } },
    { path: '/me/looks', component: () => import('./views/me/LooksView.vue') },
    { path: '/me/consents', component: () => import('./views/me/ConsentsView.vue') },
    { path: '/me/settings', component: () => import('./views/me/SettingsView.vue'), meta: { open: true } },
    { path: '/me/privacy', component: () => import('./views/me/PrivacyView.vue') },
    { path: '/me/erase', component: () => import('./views/LeaveView.vue') },
    { path: '/:rest(.*)*', component: () => import('./views/SoonView.vue'), meta: { open: true } },
  ],
})

router.beforeEach((to) => {
  if (to.meta.open || signedIn.value) return true
  // Not known, for want of a line: home says so and asks again.
  if (session.trouble?.isConnection) return to.meta.kept ? true : { path: '/' }
  return { path: '/sign-in', query: { next: to.fullPath } }
})

/** The session ended while someone was busy: their drafts wait, and they come back to the same page. */
wiring.onSignInNeeded = () => {
  if (!session.me) return
  forget()
  say(i18n.global.t('signIn.ended'), 'bad')
  void router.push({ path: '/sign-in', query: { next: router.currentRoute.value.fullPath } })
}

/** A page's script did not come: no line, or a new version replaced the files. The latter is cured by loading anew, once. */
router.onError((_error, to) => {
  const again = to.fullPath !== visit.read<string>('reloaded')
  if (!navigator.onLine || !again) return say(i18n.global.t('error.unreachable.message'), 'bad')
  visit.write('reloaded', to.fullPath)
  location.hash = to.fullPath
  location.reload()
})
router.afterEach((_to, _from, failure) => {
  if (!failure) visit.remove('reloaded')
})
