// Every refusal, whoever made it (server, gateway, network), becomes one ApiError.

export interface ErrorBody {
  code: string
  message: string
  next: string
  fields: Record<string, string>
  retry_after: number | null
}

/** Codes the app makes itself, for when no answer of the server's own arrived. */
export const LOCAL_CODES = ['offline', 'unreachable', 'timeout', 'unexpected'] as const
export type LocalCode = (typeof LOCAL_CODES)[number]

export class ApiError extends Error {
  readonly code: string
  readonly next: string
  readonly fields: Record<string, string>
  readonly retryAfter: number
  readonly status: number
  /** When it came, to count down from. */
  readonly at = Date.now()

  constructor(status: number, body: Partial<ErrorBody> & { code: string }) {
    super(body.message ?? '')
    this.name = 'ApiError'
    this.status = status
    this.code = body.code
    this.next = body.next ?? ''
    this.fields = body.fields ?? {}
    this.retryAfter = body.retry_after ?? 0
  }

  /** No answer came: trying again is right, and nothing was decided. */
  get isConnection(): boolean {
    return (LOCAL_CODES as readonly string[]).includes(this.code)
  }

  get needsSignIn(): boolean {
    return this.status === 401
  }
}

function errorBody(answer: unknown): Partial<ErrorBody> & { code: string } {
  const inner = (answer as { error?: unknown } | null)?.error
  const known = typeof inner === 'object' && inner !== null && typeof (inner as ErrorBody).code === 'string'
  return known ? (inner as ErrorBody) : { code: 'unexpected' }
}

export function refusal(status: number, answer: unknown, retryAfterHeader: string | null): ApiError {
  const body = errorBody(answer)
  const header = Number(retryAfterHeader)
  return new ApiError(status, { ...body, retry_after: body.retry_after ?? (Number.isFinite(header) ? header : 0) })
}

export function noAnswer(cause: unknown, online: boolean): ApiError {
  const aborted = (cause as { name?: string } | null)?.name === 'AbortError'
  return new ApiError(0, { code: !online ? 'offline' : aborted ? 'timeout' : 'unreachable' })
}

export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError(0, { code: 'unexpected' })
}
