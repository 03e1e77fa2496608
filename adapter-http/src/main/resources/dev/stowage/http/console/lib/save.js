// Saves a file, without holding it in memory where the service signs URLs.
import { api } from './api.js'
import { nameOf } from './keys.js'

export async function save(key) {
  let url
  try {
    ;({ url } = await api.signDownload(key, 300, 'attachment'))
  } catch (e) {
    if (e.code !== 'NotSupported') throw e
    return saveResponse(await api.download(key), nameOf(key))
  }
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Error('The service gave an address that is not a web address.')
  follow(url, nameOf(key))
}

/** Saves files and folders as one ZIP, which the service creates while it is downloaded. */
export async function saveZip(items, folder) {
  const named = (folders) => items.filter((item) => item.folder === folders).map(({ key }) => key)
  const only = items.length === 1 && items[0].folder ? items[0].key : folder
  const name = `${nameOf(only) || 'files'}.zip`
  follow(await api.archive({ keys: named(false), prefixes: named(true), strip_prefix: folder, name }), name)
}

/** Saves the body of a response under a name. */
export async function saveResponse(response, name) {
  const url = URL.createObjectURL(await response.blob())
  follow(url, name)
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function follow(url, name) {
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.rel = 'noreferrer'
  document.body.append(anchor)
  anchor.click()
  anchor.remove()
}
