// What the caller may do, as `GET /me` states it, so that the console offers only that. The service decides.

export const may = (me, action) => me.actions.includes(action)

/** Whether the caller may make links to files. */
export const mayShare = (me, info) => info.features.includes('links') && (may(me, 'read') || may(me, 'write'))

/** Whether the caller may list every file with this prefix. */
export function mayList(me, prefix, layout) {
  return (
    may(me, 'read') &&
    (me.prefixes.some((granted) => prefix.startsWith(granted)) ||
      projectFolders(me, layout).some((folder) => prefix.startsWith(folder)))
  )
}

/** The folders where a caller begins: all files, or those that were granted. */
export function startFolders(me, layout) {
  return me.prefixes.includes('') ? [''] : [...new Set([...me.prefixes, ...projectFolders(me, layout)])].sort()
}

/** The folders of the caller's projects, as far as the layout determines them. */
function projectFolders(me, layout) {
  const segments = layout.split('/')
  const end = segments.indexOf('{project_id}')
  if (end < 0) return []
  let folders = ['']
  for (const segment of segments.slice(0, end)) {
    const words = segment.match(/^\{[a-z][a-z0-9_]*=(.+)\}$/)
    if (!words && segment.startsWith('{')) return []
    folders = folders.flatMap((folder) => (words ? words[1].split('|') : [segment]).map((word) => `${folder}${word}/`))
  }
  return folders.flatMap((folder) => me.projects.map((project) => `${folder}${project}/`))
}
