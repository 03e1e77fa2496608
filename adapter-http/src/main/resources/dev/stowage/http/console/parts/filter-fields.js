// Selects some of the files of a job or of a rule.
import { html } from '../lib/preact.js'
import { bytes, spanText } from '../lib/format.js'
import { amount, Size, Span } from './amount.js'
import { readEntries } from './entries.js'

/** `filter` is the initial one, or null; `ages` tells whether files are also selected by their age. */
export function FilterFields({ filter, ages }) {
  const initial = filter ?? {}
  const metadata = Object.entries(initial.metadata ?? {}).map(([name, value]) => `${name}=${value}`)
  return html`
    <details open=${filter !== null && filter !== undefined}>
      <summary>Only some of these files</summary>
      <div class="two">
        <label>
          File name <input name="filter_name" defaultValue=${initial.name ?? ''} placeholder="*.csv" spellcheck=${false} />
        </label>
        <label>
          Content type <input name="filter_type" defaultValue=${initial.content_type ?? ''} placeholder="image/*" spellcheck=${false} />
        </label>
        ${ages &&
        html`
          <${Span} label="Older than" name="filter_older" value=${initial.older_than} />
          <${Span} label="Newer than" name="filter_newer" value=${initial.newer_than} />
        `}
        <${Size} label="Larger than" name="filter_larger" value=${initial.larger_than} />
        <${Size} label="Smaller than" name="filter_smaller" value=${initial.smaller_than} />
      </div>
      <label>
        Metadata, one entry a line
        <textarea name="filter_metadata" rows="2" placeholder="owner=Ada" spellcheck=${false} defaultValue=${metadata.join('\n')}></textarea>
      </label>
      <p class="hint">All that is given has to hold. In names and types, * stands for any text and ? for one character.</p>
    </details>
  `
}

/** The filter of a form; undefined when nothing is given. */
export function readFilter(form) {
  const filter = {
    name: form.get('filter_name')?.normalize('NFC') || undefined,
    content_type: form.get('filter_type') || undefined,
    older_than: amount(form, 'filter_older'),
    newer_than: amount(form, 'filter_newer'),
    larger_than: amount(form, 'filter_larger'),
    smaller_than: amount(form, 'filter_smaller'),
    metadata: readEntries(form.get('filter_metadata') ?? ''),
  }
  return Object.values(filter).some((value) => value !== undefined) ? filter : undefined
}

/** A filter as people read it. */
export function filterText(filter) {
  const parts = [
    filter.name,
    filter.content_type,
    filter.older_than !== undefined && `older than ${spanText(filter.older_than)}`,
    filter.newer_than !== undefined && `newer than ${spanText(filter.newer_than)}`,
    filter.larger_than !== undefined && `larger than ${bytes(filter.larger_than)}`,
    filter.smaller_than !== undefined && `smaller than ${bytes(filter.smaller_than)}`,
    ...Object.entries(filter.metadata ?? {}).map(([name, value]) => `${name}=${value}`),
  ]
  return parts.filter(Boolean).join(', ')
}
