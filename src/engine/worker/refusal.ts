/** A request that cannot be done; the message says what to do instead. */
export class Refusal extends Error {}
