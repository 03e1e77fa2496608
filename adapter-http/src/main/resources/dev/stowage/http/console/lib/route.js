// The place in the console, in the fragment of the address, which browsers don't send to the service.
import { store } from './store.js'

function parse() {
  const [view = 'files', ...rest] = location.hash.replace(/^#\/?/, '').split('/')
  try {
    return { view: view || 'files', argument: decodeURIComponent(rest.join('/')) }
  } catch {
    return { view: 'files', argument: '' }
  }
}

export const route = store(parse())
addEventListener('hashchange', () => route.set(parse()))

/** The link to a view, such as `#/file/raw%2Fdemo%2Fa.txt`. */
export const link = (view, argument = '') => `#/${view}${argument ? `/${encodeURIComponent(argument)}` : ''}`

export function go(view, argument) {
  location.hash = link(view, argument)
}
