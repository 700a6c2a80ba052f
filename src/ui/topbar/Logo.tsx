/** Three pods and the place of a fourth. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 20 20" aria-hidden="true" style={{ flex: 'none' }}>
      <g fill="var(--accent)">
        <rect x="1" y="1" width="8" height="8" rx="2.4" />
        <rect x="11" y="1" width="8" height="8" rx="2.4" />
        <rect x="1" y="11" width="8" height="8" rx="2.4" />
      </g>
      <rect x="11.8" y="11.8" width="6.4" height="6.4" rx="2" fill="none" stroke="var(--accent)" strokeWidth="1.6" strokeDasharray="2.4 1.6" />
    </svg>
  )
}
