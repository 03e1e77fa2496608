// What a file contains, shown so that nothing in it can run: images, media, and text as plain text.
import { html, useEffect, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { bytes } from '../lib/format.js'
import { useLoad } from '../lib/hooks.js'
import { Loading, Problem } from './common.js'

const TEXT_BYTES = 64 << 10
const BLOB_BYTES = 20 << 20
const SECONDS = 3600
const TEXT = /^(text\/|application\/(json|xml|yaml|x-ndjson|javascript|sql|toml)|[^;]*\+(json|xml))/

export function Preview({ file }) {
  const type = file.content_type.split(';')[0].trim().toLowerCase()
  if (file.size === 0) return html`<p class="empty">The file is empty.</p>`
  if (type.startsWith('image/')) return html`<${Media} file=${file} tag="img" type=${type} />`
  if (type.startsWith('video/')) return html`<${Media} file=${file} tag="video" type=${type} />`
  if (type.startsWith('audio/')) return html`<${Media} file=${file} tag="audio" type=${type} />`
  if (type === 'application/pdf') return html`<${Pdf} file=${file} />`
  if (TEXT.test(type)) return html`<${Text} file=${file} type=${type} />`
  return html`<p class="empty">There is no preview of ${type}.</p>`
}

function Media({ file, tag, type }) {
  const [broken, setBroken] = useState(false)
  const source = useSource(file, type)
  if (source.error) return html`<${Problem} error=${source.error} onRetry=${source.reload} />`
  if (!source.data) return html`<${Loading} />`
  if (broken) return html`<p class="empty">The browser can’t show this file.</p>`
  const failed = () => setBroken(true)
  if (tag === 'img') return html`<img class="preview" src=${source.data} alt="Preview" onError=${failed} />`
  if (tag === 'video') return html`<video class="preview" src=${source.data} controls preload="metadata" onError=${failed} />`
  return html`<audio class="preview" src=${source.data} controls preload="metadata" onError=${failed} />`
}

/** Viewers run the scripts of a document, and show their dialogs, so a PDF is opened only when that is asked for, in a tab of its own. */
function Pdf({ file }) {
  const [wanted, setWanted] = useState(false)
  const source = useBlob(wanted ? file : null, 'application/pdf')
  if (!wanted) return html`<p><button onClick=${() => setWanted(true)}>Load the PDF</button></p>`
  if (source.error) return html`<${Problem} error=${source.error} onRetry=${source.reload} />`
  if (!source.data) return html`<${Loading} />`
  return html`<p><a href=${source.data} target="_blank" rel="noreferrer">Open the PDF in a new tab</a></p>`
}

function Text({ file, type }) {
  const { data, error, reload } = useLoad(async () => {
    const response = await api.download(file.key, { Range: `bytes=0-${TEXT_BYTES - 1}` })
    return new TextDecoder().decode(await response.arrayBuffer())
  }, [file.key, file.etag])
  if (error) return html`<${Problem} error=${error} onRetry=${reload} />`
  if (data === null) return html`<${Loading} />`
  const whole = file.size <= TEXT_BYTES
  return html`
    <pre class="preview" tabindex="0">${whole && /json$/.test(type) ? indented(data) : data}</pre>
    ${!whole && html`<p class="hint">The first ${bytes(TEXT_BYTES)} of ${bytes(file.size)}</p>`}
  `
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The address of a file for an element: a signed URL of this service, or its bytes where that leads to another host. */
function useSource(file, type) {
  const [blob, setBlob] = useState(false)
  const signed = useLoad(async () => {
    try {
      const { url } = await api.signDownload(file.key, SECONDS, 'inline')
      if (new URL(url).origin === location.origin) return url
    } catch (e) {
      if (e.code !== 'NotSupported') throw e
    }
    setBlob(true)
    return null
  }, [file.key, file.etag])
  const bytesOf = useBlob(blob ? file : null, type)
  return blob ? bytesOf : signed
}

function useBlob(file, type) {
  const loaded = useLoad(async () => {
    if (!file) return null
    if (file.size > BLOB_BYTES) throw new Error(`Files over ${bytes(BLOB_BYTES)} have no preview here; download the file.`)
    const content = await (await api.download(file.key)).arrayBuffer()
    return URL.createObjectURL(new Blob([content], { type }))
  }, [file?.key, file?.etag])
  useEffect(() => () => loaded.data && URL.revokeObjectURL(loaded.data), [loaded.data])
  return loaded
}
