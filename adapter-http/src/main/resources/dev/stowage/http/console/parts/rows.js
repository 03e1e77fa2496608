// A long list, of which only the visible rows are in the document.
import { html, useLayoutEffect, useRef, useState } from '../lib/preact.js'

const ROW = 44
const AROUND = 12

/**
 * `row(item, index, active)` renders a row. `onEnd` is called when the end comes near. The arrow keys, Home and End move
 * the active row, whose link gets the focus; other keys are passed to `onKey` with the active item.
 */
export function Rows({ items, label, head, row, onEnd, onKey }) {
  const view = useRef(null)
  const focus = useRef(false)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const [active, setActive] = useState(0)
  const first = Math.max(0, Math.floor(top / ROW) - AROUND)
  const last = Math.min(items.length, Math.ceil((top + height) / ROW) + AROUND)

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setHeight(view.current?.clientHeight ?? 600))
    observer.observe(view.current)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    if (last + AROUND >= items.length) onEnd()
  }, [last, items.length])
  useLayoutEffect(() => {
    if (!focus.current) return
    focus.current = false
    view.current.querySelector(`[data-row="${active}"] a`)?.focus({ preventScroll: true })
  })

  function move(to) {
    const index = Math.max(0, Math.min(items.length - 1, to))
    const box = view.current
    if (index * ROW < box.scrollTop) box.scrollTop = index * ROW
    if ((index + 1) * ROW > box.scrollTop + box.clientHeight) box.scrollTop = (index + 1) * ROW - box.clientHeight
    focus.current = true
    setTop(box.scrollTop)
    setActive(index)
  }

  function keyDown(event) {
    const page = Math.floor(height / ROW)
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    }[event.key]
    if (to === undefined) return onKey?.(event, items[active], active)
    event.preventDefault()
    move(to)
  }

  return html`
    <div class="table" role="table" aria-label=${label} aria-rowcount=${items.length + 1}>
      <div class="row head" role="row" aria-rowindex="1">${head}</div>
      <div
        class="rows"
        role="rowgroup"
        ref=${view}
        onScroll=${() => setTop(view.current.scrollTop)}
        onKeyDown=${keyDown}
        onFocusIn=${(event) => setActive(Number(event.target.closest('[data-row]')?.dataset.row ?? active))}
      >
        <div class="space" role="presentation" style=${{ height: `${items.length * ROW}px` }}>
          ${items.slice(first, last).map((item, i) => {
            const index = first + i
            return html`
              <div
                class="row"
                role="row"
                key=${item.key}
                data-row=${index}
                aria-rowindex=${index + 2}
                style=${{ top: `${index * ROW}px` }}
              >
                ${row(item, index, index === active)}
              </div>
            `
          })}
        </div>
      </div>
    </div>
  `
}
