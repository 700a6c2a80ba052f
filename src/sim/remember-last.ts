/** The function with a memory of its last answer: what is asked about one of many alike is often asked about the next, too. */
export function rememberLast<K, V>(make: (of: K) => V): (of: K) => V {
  let last: { readonly of: K; readonly made: V } | undefined
  return (of) => {
    if (last?.of !== of) last = { of, made: make(of) }
    return (last as { made: V }).made
  }
}
