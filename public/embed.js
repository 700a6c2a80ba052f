// <daemonset-playground scenario="article" theme="dark" height="480"></daemonset-playground>
// Puts the playground into the page as a sandboxed frame: no storage, no cookies, no access to the page around it.
// Attributes: scenario, version (1.23 to 1.36), theme (light | dark), start (click), terminal (0), play (all), height (100 to 10000 pixels; else 480), caption.
;(() => {
  const script = document.currentScript
  const base = new URL('.', script?.src || location.href)
  const passed = ['scenario', 'version', 'theme', 'start', 'terminal', 'play']

  // longer words are no value of any attribute, and servers refuse addresses that are too long
  const longest = 200

  class DaemonSetPlayground extends HTMLElement {
    static observedAttributes = [...passed, 'height', 'caption']

    connectedCallback() {
      this.render()
    }

    attributeChangedCallback() {
      if (this.isConnected && this.frame) this.render()
    }

    render() {
      const address = new URL('embed.html', base)
      for (const name of passed) if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name).slice(0, longest))
      this.frame ??= document.createElement('iframe')
      const { frame } = this
      frame.setAttribute('sandbox', 'allow-scripts')
      frame.loading = 'lazy'
      frame.title = this.getAttribute('caption') || 'DaemonSet Playground'
      const height = Number(this.getAttribute('height'))
      frame.style.cssText = `display:block;width:100%;height:${height >= 100 && height <= 10_000 ? height : 480}px;border:1px solid #8886;border-radius:12px`
      if (frame.src !== address.href) frame.src = address.href
      if (frame.parentNode !== this) this.replaceChildren(frame)
      this.style.display = 'block'
    }
  }

  if (!customElements.get('daemonset-playground')) customElements.define('daemonset-playground', DaemonSetPlayground)
})()
