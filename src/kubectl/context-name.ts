/** The one user there is. */
export const userName = 'you'

/** The name of the one cluster and context there is. */
export const contextName = 'playground'
