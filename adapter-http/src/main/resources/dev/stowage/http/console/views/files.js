// A folder: its files and folders, uploads into it, and jobs on what is selected.
import { html, useEffect, useMemo, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { bytes, count, plural, time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { crumbsOf, nameOf } from '../lib/keys.js'
import { may, mayList, mayShare, startFolders } from '../lib/rights.js'
import { link } from '../lib/route.js'
import { saveZip } from '../lib/save.js'
import { Empty, Loading, Name, Problem } from '../parts/common.js'
import { JobDialog, MOST_KEYS } from '../parts/job-dialog.js'
import { JobFormDialog } from '../parts/job-form-dialog.js'
import { notify } from '../parts/notices.js'
import { Rows } from '../parts/rows.js'
import { ShareDialog } from '../parts/share-dialog.js'
import { stored } from '../upload/queue.js'
import { DropZone } from '../parts/drop-zone.js'

const REFRESH = 500
const PAGE = 500

export function Files({ argument, me, info }) {
  const start = startFolders(me, info.layout)
  if (mayList(me, argument, info.layout)) return html`<${Folder} prefix=${argument} me=${me} info=${info} />`
  return html`
    <h1>Files</h1>
    ${start.length === 0
      ? html`<${Empty}>Your key allows no folder that the console can show. Ask for a project or a prefix.<//>`
      : html`
          <ul class="folders">
            ${start.map((folder) => html`<li><a href=${link('files', folder)}><${Name} text=${folder} /></a></li>`)}
          </ul>
        `}
  `
}

function Folder({ prefix, me, info }) {
  const [filter, setFilter] = useState('')
  const [selected, setSelected] = useState(new Map())
  const [operation, setOperation] = useState(null)
  const [sharing, setSharing] = useState(false)
  const anchor = useRef(0)
  const pages = usePages((token) => page(prefix + filter, token), [prefix, filter])
  const items = pages.items
  const [news, setNews] = useState(false)
  // With more than a page, a reload would lose the place to which somebody has scrolled.
  const several = useRef(false)
  several.current = items.length > PAGE
  const reload = () => (setNews(false), pages.reload())
  useEffect(() => {
    setNews(false)
    let timer = 0
    const unsubscribe = stored.subscribe((key) => {
      if (!key.startsWith(prefix)) return
      // Many small files are stored in a second.
      timer ||= setTimeout(() => {
        timer = 0
        several.current ? setNews(true) : pages.reload()
      }, REFRESH)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [prefix, pages.reload])
  const all = useMemo(() => items.length > 0 && items.every(({ key }) => selected.has(key)), [items, selected])

  function choose(index, on, range) {
    const next = new Map(selected)
    const [from, to] = range ? [anchor.current, index].sort((a, b) => a - b) : [index, index]
    for (const item of items.slice(from, to + 1)) on ? next.set(item.key, item) : next.delete(item.key)
    anchor.current = index
    setSelected(next)
  }
  function keyDown(event, item, index) {
    if (event.key === ' ' && event.target.tagName === 'A') {
      event.preventDefault()
      choose(index, !selected.has(item.key), event.shiftKey)
    }
    if (event.key === 'Delete' && selected.size > 0 && may(me, 'delete')) setOperation('delete')
  }

  return html`
    <${DropZone} prefix=${prefix} enabled=${may(me, 'write')}>
      <${Crumbs} prefix=${prefix} me=${me} info=${info} />
      <${Filter} onChange=${setFilter} />
      ${news && html`<p role="status">Files were stored here. <button onClick=${reload}>Show them</button></p>`}
      <${Selection}
        selected=${selected}
        me=${me}
        onZip=${() => saveZip([...selected.values()], prefix).catch((e) => notify(e.message))}
        onOperation=${setOperation}
        onClear=${() => setSelected(new Map())}
      />
      ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
      ${!pages.error && items.length === 0 && pages.loading && html`<${Loading} />`}
      ${!pages.error && items.length === 0 && !pages.loading && html`<${NoFiles} filter=${filter} me=${me} />`}
      ${items.length > 0 &&
      html`
        <${Rows}
          items=${items}
          label="Files and folders"
          onEnd=${() => pages.next !== null && !pages.error && pages.more()}
          onKey=${keyDown}
          head=${html`
            <span role="columnheader">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                checked=${all}
                onChange=${() => setSelected(all ? new Map() : new Map(items.map((item) => [item.key, item])))}
              />
            </span>
            <span role="columnheader">Name</span>
            <span role="columnheader" class="size">Size</span>
            <span role="columnheader" class="time">Modified</span>
          `}
          row=${(item, index, active) => html`
            <span role="cell">
              <input
                type="checkbox"
                tabindex=${active ? 0 : -1}
                aria-label=${`Select ${nameOf(item.key)}`}
                checked=${selected.has(item.key)}
                onClick=${(event) => choose(index, event.target.checked, event.shiftKey)}
              />
            </span>
            <span role="cell" class="cut">
              <a href=${link(item.folder ? 'files' : 'file', item.key)} tabindex=${active ? 0 : -1}>
                <${Name} text=${item.folder ? `${nameOf(item.key)}/` : nameOf(item.key)} />
              </a>
            </span>
            <span role="cell" class="size">${item.folder ? '' : bytes(item.size)}</span>
            <span role="cell" class="time">${item.folder ? '' : time(item.modified)}</span>
          `}
        />
        <p class="hint" role="status">
          ${plural(items.length, 'entry').replace('entrys', 'entries')}${pages.next !== null ? ' so far' : ''}
        </p>
      `}
      ${prefix !== '' &&
      mayShare(me, info) &&
      html`<div class="toolbar"><button onClick=${() => setSharing(true)}>Share this folder</button></div>`}
    <//>
    ${sharing && html`<${ShareDialog} target=${{ prefix }} me=${me} onClose=${() => setSharing(false)} />`}
    ${operation === 'other' &&
    html`
      <${JobFormDialog}
        me=${me}
        job=${{ source: sourceOf([...selected.values()]) }}
        onClose=${() => setOperation(null)}
        onStarted=${() => (setOperation(null), setSelected(new Map()))}
      />
    `}
    ${operation &&
    operation !== 'other' &&
    html`
      <${JobDialog}
        operation=${operation}
        folder=${prefix}
        items=${[...selected.values()]}
        onClose=${() => setOperation(null)}
        onStarted=${() => (setOperation(null), setSelected(new Map()))}
      />
    `}
  `
}

/** What is selected as the source of one job; null when it is more. */
function sourceOf(items) {
  if (items.length === 1 && items[0].folder) return { prefix: items[0].key }
  return items.length <= MOST_KEYS && !items.some(({ folder }) => folder) ? { keys: items.map(({ key }) => key) } : null
}

/** Files and folders of a page, in the order of their keys. */
async function page(prefix, token) {
  const answer = await api.list(prefix, PAGE, token)
  const folders = answer.common_prefixes.map((key) => ({ key, folder: true }))
  const files = answer.files.map(({ key, size, last_modified: modified }) => ({ key, size, modified, folder: false }))
  const items = folders.concat(files).sort((a, b) => (a.key < b.key ? -1 : 1))
  return { items, next: answer.next_continuation_token ?? null }
}

function Crumbs({ prefix, me, info }) {
  const top = startFolders(me, info.layout).includes('') ? '' : null
  return html`
    <nav class="crumbs" aria-label="Folders">
      <h1 class="visually-hidden">${prefix || 'All files'}</h1>
      <a href=${link('files', top ?? '')}>Files</a>
      ${crumbsOf(prefix).map(
        (crumb) => html`
          <span aria-hidden="true">/</span>
          ${crumb.prefix !== prefix && mayList(me, crumb.prefix, info.layout)
            ? html`<a href=${link('files', crumb.prefix)}><${Name} text=${crumb.name} /></a>`
            : html`<span aria-current=${crumb.prefix === prefix ? 'page' : undefined}><${Name} text=${crumb.name} /></span>`}
        `,
      )}
    </nav>
  `
}

function Filter({ onChange }) {
  const timer = useRef(0)
  const changed = (event) => {
    const { value } = event.target
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(value.normalize('NFC')), 250)
  }
  return html`
    <label class="filter">
      <span class="visually-hidden">Names that begin with</span>
      <input type="search" placeholder="Names that begin with …" onInput=${changed} />
    </label>
  `
}

function Selection({ selected, me, onZip, onOperation, onClear }) {
  if (selected.size === 0) return null
  const button = (operation, text, right) =>
    may(me, 'jobs') && right && html`<button onClick=${() => onOperation(operation)}>${text}</button>`
  return html`
    <div class="toolbar" role="toolbar" aria-label="Selected files">
      <span role="status">${count(selected.size)} selected</span>
      ${may(me, 'read') && html`<button onClick=${onZip}>Download as ZIP</button>`}
      ${button('copy', 'Copy', may(me, 'read') && may(me, 'write'))}
      ${button('move', 'Move', may(me, 'delete') && may(me, 'write'))} ${button('verify', 'Verify', may(me, 'read'))}
      ${button('delete', 'Delete', may(me, 'delete'))} ${button('other', 'Other job', may(me, 'read') && sourceOf([...selected.values()]))}
      <button onClick=${onClear}>Clear selection</button>
    </div>
  `
}

const NoFiles = ({ filter, me }) =>
  filter
    ? html`<${Empty}>No name here begins with “<bdi>${filter}</bdi>”.<//>`
    : html`<${Empty}>This folder is empty.${may(me, 'write') && ' Drop files or folders here to upload them.'}<//>`
