/** The strings of the tools over the table. They load with it. */
export const tableText = {
  tools: 'Tools of the table',
  search: 'Find nodes',
  searchHint: 'Name, pod, taint, state…',
  found: (count: number, all: number) => (count === 0 ? `none of ${all} nodes` : `${count} of ${all} nodes`),
  pages: 'Pages of the table',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  earlier: 'Page before',
  later: 'Next page',
} as const
