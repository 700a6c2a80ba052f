import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'

/** For the metadata of what kubectl made from a Go struct: the zero time, which it showed before 1.34. */
export const nullTimestamp = (client: Pick<ApiClient, 'version'>): { creationTimestamp?: null } =>
  clientSince(client, 'noNullTimestamps') ? {} : { creationTimestamp: null }
