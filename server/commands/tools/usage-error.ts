/** A mistake in how a command was called: one sentence that says what to do. */
export class UsageError extends Error {}
