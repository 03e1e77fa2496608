// Takes dropped files and folders, and those chosen by buttons, for upload into a folder.
import { html, useRef, useState } from '../lib/preact.js'
import { addFiles } from '../upload/queue.js'
import { chosenFiles, droppedFiles } from '../upload/walk.js'

export function DropZone({ prefix, enabled, children }) {
  const [over, setOver] = useState(false)
  const files = useRef(null)
  const folder = useRef(null)
  if (!enabled) return children

  function drag(event) {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    setOver(event.type === 'dragover')
  }
  async function drop(event) {
    event.preventDefault()
    setOver(false)
    addFiles(prefix, await droppedFiles(event.dataTransfer))
  }
  function choose(event) {
    addFiles(prefix, chosenFiles(event.target.files))
    event.target.value = ''
  }

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
        <button class="primary" onClick=${() => files.current.click()}>Upload files</button>
        <button onClick=${() => folder.current.click()}>Upload a folder</button>
        <span class="hint">or drop them here</span>
        <input ref=${files} type="file" multiple hidden onChange=${choose} aria-label="Files to upload" />
        <input ref=${folder} type="file" webkitdirectory hidden onChange=${choose} aria-label="Folder to upload" />
      </div>
    </section>
  `
}
