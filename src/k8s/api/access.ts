/** Questions about who one is and what one may do: here everyone is an administrator, and may do everything. */

export const userInfo = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }

const status: Record<string, [group: string, kind: string, status: object]> = {
  selfsubjectreviews: ['authentication.k8s.io', 'SelfSubjectReview', { userInfo }],
  selfsubjectaccessreviews: ['authorization.k8s.io', 'SelfSubjectAccessReview', { allowed: true }],
  selfsubjectrulesreviews: [
    'authorization.k8s.io',
    'SelfSubjectRulesReview',
    {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    },
  ],
}

/** What creating a review at a path answers; undefined when nothing is reviewed there. */
export function reviewAt(path: string): object | undefined {
  const [, group, plural = ''] = /^\/apis\/([^/]+)\/v1\/([^/]+)$/.exec(path) ?? []
  const found = Object.hasOwn(status, plural) ? status[plural] : undefined
  if (!found || found[0] !== group) return undefined
  return { kind: found[1], apiVersion: `${group}/v1`, metadata: {}, ...(plural === 'selfsubjectreviews' ? {} : { spec: {} }), status: found[2] }
}
