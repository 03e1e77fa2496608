// A drop of files and folders of this machine, as by the mouse.

/** Drops the paths on the middle of an element. */
export async function drop(page, locator, paths) {
  const { x, y, width, height } = await locator.boundingBox()
  const point = { x: x + width / 2, y: y + Math.min(height / 2, 60) }
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  const input = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop']) await input.send('Input.dispatchDragEvent', { type, ...point, data })
  await input.detach()
}
