import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { useCluster, useClusterList } from '#state/use-store.ts'
import { Button } from '../parts/Button.tsx'
import { tableText as text } from '../text/table.ts'
import { findNodes } from './node-words.ts'
import styles from './TableTools.module.css'

interface Props {
  page: number
  pages: number
  onPage(page: number): void
  /** The nodes that were searched for; undefined = all. */
  onFound(names: readonly string[] | undefined): void
}

function Pager({ page, pages, onPage }: Omit<Props, 'onFound'>) {
  return (
    <nav className={styles.pager} aria-label={text.pages}>
      <Button icon repeats aria-label={text.earlier} aria-disabled={page === 0} onClick={() => onPage(Math.max(0, page - 1))}>
        <ChevronLeft aria-hidden="true" />
      </Button>
      <span>{text.page(page + 1, pages)}</span>
      <Button icon repeats aria-label={text.later} aria-disabled={page === pages - 1} onClick={() => onPage(Math.min(pages - 1, page + 1))}>
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  )
}

/** Over the table: what to find in it, and its pages. */
export function TableTools({ page, pages, onPage, onFound }: Props) {
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim())
  const all = useCluster((state) => state.nodeNames.length)
  const found = useClusterList((state) => (wanted === '' ? undefined : findNodes(state, wanted)))
  useEffect(() => onFound(found), [found, onFound])
  useEffect(() => () => onFound(undefined), [onFound])
  return (
    <search className={styles.tools} aria-label={text.tools}>
      <input
        type="search"
        className={styles.search}
        aria-label={text.search}
        placeholder={text.searchHint}
        spellCheck={false}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <span role="status">{found && text.found(found.length, all)}</span>
      {pages > 1 && <Pager page={page} pages={pages} onPage={onPage} />}
    </search>
  )
}
