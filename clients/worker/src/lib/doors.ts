// Doors of dating that are shut for a reason the person can do something about, and where to do it.
import type { ApiError } from '@/api/errors'

const WAYS: Record<string, string> = {
  no_profile: '/dating/mine',
  not_verified: '/verify',
  restricted: '/dating/restrictions',
  paused: '/dating/visibility',
}

export const isShut = (error: ApiError | undefined): error is ApiError => error !== undefined && error.code in WAYS
export const wayThrough = (error: ApiError): string => WAYS[error.code] ?? '/'
