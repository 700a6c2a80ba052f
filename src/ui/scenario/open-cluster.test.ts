import { beforeEach, expect, test } from 'vitest'
import { type Client, RequestFailed } from '#protocol/client.ts'
import { notify, sessionStore } from '#state/session.ts'
import { openScenario } from './open-cluster.ts'

const source = { index: [], load: async (id: string) => (id === 'known' ? 'steps: []' : undefined) }
const answering = (answer: () => unknown) => ({ request: async () => answer() }) as unknown as Client
const told = () => sessionStore.getState().notices.map(({ text }) => text)

beforeEach(() => {
  sessionStore.setState({ notices: [] })
  notify('info', 'nothing changes by itself')
  notify('error', 'there is a node worker-0 already')
  notify('info', 'a.yaml is closed', { label: 'Open it again', run: () => undefined })
})

test('what was said about a cluster goes with it; what can still be done stays', async () => {
  await openScenario(
    answering(() => ({ version: '1.36', seed: 1 })),
    source,
    'known',
  )
  expect(told()).toEqual(['a.yaml is closed'])
})

test('what is wrong with what was asked for is said of the new one', async () => {
  await openScenario(
    answering(() => ({ version: '1.36', seed: 1 })),
    source,
    'nope',
  )
  expect(told()).toEqual(['a.yaml is closed', 'There is no scenario "nope".'])
})

test('one that is refused leaves the cluster before it, and what was said about it', async () => {
  const refused = answering(() => {
    throw new RequestFailed({ message: 'Kubernetes 9.9 is not known here' })
  })
  await openScenario(refused, source, 'known', { version: '9.9' })
  expect(told()).toEqual(['nothing changes by itself', 'there is a node worker-0 already', 'a.yaml is closed', 'Kubernetes 9.9 is not known here'])
})
