// Takes dropped files and folders, and those chosen by buttons, for upload into a folder.
import { html, useRef, useState } from '../lib/preact.js'
import { notify } from './notices.js'
import { UploadExpiry, useUploadExpiry } from './upload-expiry.js'
import { addFiles } from '../upload/queue.js'
import { chosenFiles, droppedFiles } from '../upload/walk.js'

// Elsewhere, a drop would replace the console by the file.
for (const type of ['dragover', 'drop']) {
  addEventListener(type, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  })
}

export function DropZone({ prefix, enabled, children }) {
  const [over, setOver] = useState(false)
  const files = useRef(null)
  const folder = useRef(null)
  const expiry = useUploadExpiry(prefix)
  if (!enabled) return children

  function drag(event) {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    setOver(event.type === 'dragover')
  }
  async function drop(event) {
    event.preventDefault()
    setOver(false)
    const seconds = expiry.read()
    if (seconds === null) return
    const { files: found, unreadable } = await droppedFiles(event.dataTransfer)
    addFiles(prefix, found, seconds)
    if (unreadable.length > 0) notify(`Can’t be read: ${unreadable[0].slice(0, 80)}${unreadable.length > 1 ? ` and ${unreadable.length - 1} more` : ''}`)
  }
  function choose(event) {
    const seconds = expiry.read()
    if (seconds !== null) addFiles(prefix, chosenFiles(event.target.files), seconds)
    event.target.value = ''
  }
  const open = (input) => expiry.read() !== null && input.current.click()

  return html`
    <section
      class=${over ? 'drop over' : 'drop'}
      aria-label="Folder"
      onDragOver=${drag}
      onDragLeave=${drag}
      onDrop=${drop}
    >
      ${children}
      <div class="toolbar">
        <button class="primary" onClick=${() => open(files)}>Upload files</button>
        <button onClick=${() => open(folder)}>Upload a folder</button>
        <span class="hint">or drop them here</span>
        <input ref=${files} type="file" multiple hidden onChange=${choose} aria-label="Files to upload" />
        <input ref=${folder} type="file" webkitdirectory hidden onChange=${choose} aria-label="Folder to upload" />
      </div>
      <${UploadExpiry} expiry=${expiry} />
    </section>
  `
}
