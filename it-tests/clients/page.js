// The page that a browser uploads from: window.upload(plugin, endpoint, bytes) resolves when the file is stored.
import AwsS3 from '@uppy/aws-s3'
import Uppy from '@uppy/core'
import Tus from '@uppy/tus'

window.sent = 0
window.upload = async (plugin, endpoint, name, size) => {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i++) bytes[i] = i % 251
  const uppy = new Uppy({ meta: { project_id: 'browser' } })
  if (plugin === 'tus') {
    uppy.use(Tus, { endpoint, chunkSize: 1024 * 1024, allowedMetaFields: ['name', 'type', 'project_id'] })
  } else {
    uppy.use(AwsS3, { companionEndpoint: endpoint, shouldUseMultipart: true, allowedMetaFields: ['project_id'] })
  }
  uppy.on('upload-progress', (_file, progress) => {
    window.sent = progress.bytesUploaded
  })
  // The same name, size and time, so that the upload is found again after a reload.
  uppy.addFile({ name, type: 'application/x-test', data: new File([bytes], name, { lastModified: 1 }) })
  const result = await uppy.upload()
  if (result.failed.length > 0) throw new Error(String(result.failed[0].error))
  return result.successful[0].uploadURL
}
