// Elements, components and hooks. Preact's own modules import each other by bare names, which browsers can't resolve without
// an inline script, so its scripts are loaded by the page.
import htm from '../vendor/htm.js'

const { h, render } = window.preact
export const { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } = window.preactHooks
export { render }
export const html = htm.bind(h)
