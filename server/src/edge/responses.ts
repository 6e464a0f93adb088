import type { RequestHandler, Response } from 'express'
import { type HostRules, isOurOrigin } from './hosts.ts'

/** Answers with a status and one sentence for a person. */
export function complain(res: Response, status: number, message: string): void {
  res.status(status).set('Cache-Control', 'no-store').json({ error: message })
}

/** Whom the handler that greets everybody under /api has met. */
export function personOf(res: Response): string {
  return String(res.locals.person)
}

/** Another site's page can send requests with this person's cookie; it cannot hide where it comes from. */
export function ourOriginOnly(hosts: HostRules): RequestHandler {
  return (req, res, next) => {
    if (isOurOrigin(req, hosts)) next()
    else complain(res, 403, 'Another site’s page cannot ask for this.')
  }
}
