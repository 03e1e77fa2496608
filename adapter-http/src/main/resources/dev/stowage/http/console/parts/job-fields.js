// The fields of a job: what is done, with which files, and where the results go.
import { html, useState } from '../lib/preact.js'
import { may } from '../lib/rights.js'
import { readEntries } from './entries.js'
import { FilterFields, filterText, readFilter } from './filter-fields.js'

/**
 * `target` is what the operation needs: a folder, the key of a file that it writes, or attributes. `foreign` files are in another store.
 * Who else may import is a setting of the service; they use its API.
 */
const OPERATIONS = {
  copy: { text: 'Copy', rights: ['read', 'write'], target: 'prefix' },
  move: { text: 'Move', rights: ['write', 'delete'], target: 'prefix' },
  delete: { text: 'Delete', rights: ['delete'] },
  verify: { text: 'Verify: read and compare checksums', rights: ['read'] },
  archive: { text: 'Archive: write a ZIP', rights: ['read', 'write'], target: 'key', example: 'processed/demo/all.zip' },
  extract: { text: 'Extract a ZIP or TAR', rights: ['read', 'write'], target: 'prefix', one: true },
  set_metadata: { text: 'Change attributes', rights: ['write'], target: 'attributes' },
  inventory: { text: 'Inventory: write a list', rights: ['read', 'write'], target: 'key', example: 'processed/demo/files.csv' },
  import: { text: 'Import from another store', rights: ['write', 'admin'], target: 'prefix', foreign: true },
}
const SOURCES = { prefix: 'All files with a prefix', keys: 'Files by their keys', manifest: 'Files that a manifest lists' }

/** `job` has the initial values. `onChange` is called when something was changed. */
export function JobFields({ me, job = {}, onChange }) {
  const [operation, setOperation] = useState(job.operation ?? Object.keys(OPERATIONS).find((name) => allowed(me, name)))
  const [kind, setKind] = useState(job.source?.keys ? 'keys' : job.source?.manifest ? 'manifest' : 'prefix')
  const { target, one, example, foreign } = OPERATIONS[operation]
  const { source = {} } = job
  const keys = source.keys ?? []
  // What is not needed stays in the form, so that nothing typed is lost, but is not sent.
  const part = (shown, fields) => html`<fieldset class="part" hidden=${!shown} disabled=${!shown}>${fields}</fieldset>`
  return html`
    <div onInput=${onChange}>
      <label>
        Operation
        <select name="operation" onChange=${(event) => setOperation(event.target.value)}>
          ${Object.entries(OPERATIONS)
            .filter(([name]) => allowed(me, name))
            .map(([name, { text }]) => html`<option value=${name} selected=${name === operation}>${text}</option>`)}
        </select>
      </label>
      ${part(
        foreign,
        html`<label>Import source <input name="from" required defaultValue=${source.from ?? ''} placeholder="old" spellcheck=${false} /></label>`,
      )}
      ${part(one, html`<label>Key of the archive <input name="archive" required defaultValue=${keys[0] ?? ''} spellcheck=${false} /></label>`)}
      ${part(
        !one,
        html`
          <label>
            Files
            <select name="source" onChange=${(event) => setKind(event.target.value)}>
              ${Object.entries(SOURCES).map(([name, text]) => html`<option value=${name} selected=${name === kind}>${text}</option>`)}
            </select>
          </label>
        `,
      )}
      ${part(
        !one && kind === 'prefix',
        html`<label>Prefix <input name="prefix" defaultValue=${source.prefix ?? ''} placeholder="all files" spellcheck=${false} /></label>`,
      )}
      ${part(
        !one && kind === 'keys',
        html`
          <label>
            Keys, one a line
            <textarea name="keys" required rows="3" spellcheck=${false} defaultValue=${keys.join('\n')}></textarea>
          </label>
        `,
      )}
      ${part(
        !one && kind === 'manifest',
        html`
          <label>
            Key of the manifest
            <input name="manifest" required defaultValue=${source.manifest ?? ''} placeholder="raw/demo/list.csv" spellcheck=${false} />
          </label>
        `,
      )}
      ${part(!one && may(me, 'read'), html`<${FilterFields} filter=${source.filter} ages />`)}
      ${part(
        target === 'prefix',
        html`
          <label>
            To the folder
            <input name="target_prefix" required defaultValue=${job.target?.prefix ?? ''} placeholder="processed/demo/" spellcheck=${false} />
          </label>
        `,
      )}
      ${part(foreign, html`<label class="check"><input type="checkbox" name="overwrite" /> Replace other files that are there</label>`)}
      ${part(
        target === 'key',
        html`
          <label>
            Key of the new file
            <input name="target_key" required defaultValue=${job.target?.key ?? ''} placeholder=${example} spellcheck=${false} />
          </label>
        `,
      )}
      ${part(
        target === 'attributes',
        html`
          <div class="two">
            <label>New content type <input name="target_type" placeholder="unchanged" spellcheck=${false} /></label>
            <label>New Cache-Control <input name="target_cache" placeholder="unchanged" spellcheck=${false} /></label>
          </div>
          <label>
            New metadata, in place of all others, one entry a line
            <textarea name="target_metadata" rows="2" placeholder="unchanged" spellcheck=${false}></textarea>
          </label>
        `,
      )}
      ${operation === 'delete' && html`<p>Deleting can’t be undone.</p>`}
    </div>
  `
}

/** Whether the caller may submit a job of any operation. */
export const mayRunJobs = (me) => Object.keys(OPERATIONS).some((name) => allowed(me, name))

const allowed = (me, name) => OPERATIONS[name].rights.every((right) => may(me, right))

/** The job of a form. */
export function readJob(form) {
  const operation = form.get('operation')
  const text = (name) => form.get(name)?.normalize('NFC')
  const { target, foreign } = OPERATIONS[operation]
  return {
    operation,
    source: { from: form.get('from') ?? undefined, ...source(form, text), filter: readFilter(form) },
    ...(target === 'prefix' && {
      target: { prefix: folder(text('target_prefix')), overwrite: foreign ? form.has('overwrite') : undefined },
    }),
    ...(target === 'key' && { target: { key: text('target_key') } }),
    ...(target === 'attributes' && { target: attributes(form) }),
  }
}

function source(form, text) {
  if (form.has('archive')) return { keys: [text('archive')] }
  if (form.has('keys')) return { keys: text('keys').split('\n').map((key) => key.replace(/\r$/, '')).filter(Boolean) }
  return form.has('manifest') ? { manifest: text('manifest') } : { prefix: text('prefix') }
}

/** What is left empty does not change. */
const attributes = (form) => ({
  content_type: form.get('target_type') || undefined,
  cache_control: form.get('target_cache') || undefined,
  metadata: readEntries(form.get('target_metadata')),
})

const folder = (prefix) => (prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix)

/** The source of a job as people read it. */
export function sourceText({ from, prefix, keys, manifest, filter }) {
  const named = keys ? (keys.length === 1 ? keys[0] : `${keys.length} keys`) : manifest ? `manifest ${manifest}` : prefix || 'all files'
  const files = from ? `${from}: ${named}` : named
  return filter ? `${files} (${filterText(filter)})` : files
}
