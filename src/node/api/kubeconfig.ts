/** A kubeconfig whose only context is this server. */
export function kubeconfigFor(url: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: playground
  cluster:
    server: ${url}
contexts:
- name: playground
  context:
    cluster: playground
    user: you
users:
- name: you
  user: {}
current-context: playground
`
}
