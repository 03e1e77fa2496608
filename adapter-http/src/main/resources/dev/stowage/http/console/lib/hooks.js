// What views show: values that change, and what is loaded.
import { useCallback, useEffect, useRef, useState } from './preact.js'

/** The value of a store; the component is rendered again when it changes. */
export function useStore(source) {
  const [value, setValue] = useState(source.get())
  useEffect(() => {
    setValue(source.get())
    return source.subscribe(setValue)
  }, [source])
  return value
}

/**
 * Loads once, and again when `deps` change or `reload` is called. What was there stays until the new data has arrived; when
 * `deps` change only with `keep`.
 */
export function useLoad(load, deps, { keep = false } = {}) {
  const [state, setState] = useState({ data: null, error: null, loading: true })
  const turn = useRef(0)
  const reload = useCallback(async () => {
    const mine = ++turn.current
    setState((now) => ({ ...now, error: null, loading: true }))
    try {
      const data = await load()
      if (mine === turn.current) setState({ data, error: null, loading: false })
    } catch (error) {
      if (mine === turn.current) setState((now) => ({ ...now, error, loading: false }))
    }
  }, deps)
  useEffect(() => {
    if (!keep) setState({ data: null, error: null, loading: true })
    reload()
    return () => turn.current++
  }, [reload])
  return { ...state, reload }
}

/**
 * Loads pages one after the other. `load` gets the position of the next page, null for the first, and resolves with
 * `{ items, next }`, where `next` is null on the last page. `reload` begins again, and shows what was there until then. `more` loads the
 * next page, or tries again what has failed.
 */
export function usePages(load, deps) {
  const empty = { items: [], next: null, error: null, failed: null, loading: true, started: false }
  const [state, setState] = useState(empty)
  const turn = useRef(0)
  const busy = useRef(false)
  const fetchPage = async (position) => {
    if (busy.current) return
    busy.current = true
    const mine = turn.current
    setState((now) => ({ ...now, error: null, loading: true }))
    try {
      const { items, next } = await load(position)
      if (mine === turn.current) {
        setState((now) => ({
          items: position === null ? items : now.items.concat(items),
          next,
          error: null,
          loading: false,
          started: true,
        }))
      }
    } catch (error) {
      if (mine === turn.current) setState((now) => ({ ...now, error, failed: position, loading: false }))
    } finally {
      if (mine === turn.current) busy.current = false
    }
  }
  const reload = useCallback(() => {
    turn.current++
    busy.current = false
    fetchPage(null)
  }, deps)
  useEffect(() => {
    setState(empty)
    reload()
    return () => turn.current++
  }, [reload])
  const more = () => {
    if (state.error || !state.started) return fetchPage(state.failed)
    return state.next !== null && fetchPage(state.next)
  }
  return { ...state, more, reload }
}

/** Reloads the pages every `interval` milliseconds while `wanted`. With more than `most` items, a reload would lose the place in them. */
export function useRefresh(pages, interval, most, wanted = true) {
  const active = wanted && !pages.error && pages.items.length <= most
  useEffect(() => {
    if (!active) return undefined
    const timer = setInterval(pages.reload, interval)
    return () => clearInterval(timer)
  }, [active, interval, pages.reload])
}
