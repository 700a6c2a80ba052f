import { useEffect } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Question } from '#protocol/explain.ts'
import { lightNodes, selectNode, sessionStore, showPanel } from '#state/session.ts'
import { useCluster, useSession } from '#state/use-store.ts'

/** Shows the Why panel with this question; the answer follows. */
export function askWhy(question: Question): void {
  sessionStore.setState({ question, explanation: undefined })
  if (question.about === 'node') selectNode(question.name)
  if (question.about === 'ghost') selectNode(question.node)
  showPanel('why')
}

/** Keeps the answer to the present question up to date with the cluster. Mounted once. */
export function useExplanation(client: Client): void {
  const question = useSession((state) => state.question)
  const tables = useCluster((state) => (question ? state.tables : undefined))
  useEffect(() => {
    if (!question || !tables) return
    let current = true
    const timer = setTimeout(() => {
      client.request('explain', { question }).then(
        (explanation) => {
          if (!current) return
          const { title, summary } = explanation
          const isNews = sessionStore.getState().explanation?.summary !== summary
          // the focus stays where it was asked: who does not see the panel hears of it
          sessionStore.setState({ explanation, ...(isNews && { announcement: `${title} ${summary}`.replaceAll('`', '') }) })
          if (question.about === 'number' || question.about === 'rollout') lightNodes(explanation.nodes)
        },
        () => current && sessionStore.setState({ question: undefined, explanation: undefined }),
      )
    }, 60)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, question, tables])
}
