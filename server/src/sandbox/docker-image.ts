import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Transform } from 'node:stream'
import type { Engine } from './docker-engine.ts'
import { SandboxError } from './driver.ts'

/** Says which folder of trees an image was made from: images of other checkouts are not ours to remove. */
export const HOME_LABEL = 'go-concurrency-sandbox.home'
/** Images are called NAME:hash-of-the-tree. */
export const IMAGE_NAME = 'go-concurrency-sandbox'
const PROGRESS_STEP_BYTES = 50 * 1024 * 1024

export interface ImageOptions {
  engine: Engine
  tree: string
  /** Told while a missing image is imported. */
  progress(sentence: string): void
}

/**
 * The image of this tree, imported from scratch when it is missing: no registry, no build, nothing in it but the
 * tree. Images of this folder's other trees go once the new one is there.
 */
export async function ensureImage({ engine, tree, progress }: ImageOptions): Promise<string> {
  const folder = await realpath(tree)
  const hash = basename(folder).replace(/^tree-/, '')
  const image = `${IMAGE_NAME}:${hash}`
  if (!(await engine.hasImage(image))) {
    progress('Importing the sandbox into Docker …')
    await importTree({ engine, tree: folder, progress }, hash)
  }
  await engine.removeOtherImages(homeOf(folder), image)
  return image
}

async function importTree({ engine, tree, progress }: ImageOptions, hash: string): Promise<void> {
  const tar = spawn('tar', ['--create', '--directory', tree, '.'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(tar, 'close')
  let said = ''
  tar.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(0, 1000)
  })
  await engine.importImage(tar.stdout.pipe(countBytes(progress)), {
    repo: IMAGE_NAME,
    tag: hash,
    label: homeOf(tree),
  })
  const [code] = await ended
  if (code !== 0) throw new SandboxError(`The sandbox tree could not be packed: ${said.trim()}`)
}

function homeOf(tree: string): { name: string; value: string } {
  return { name: HOME_LABEL, value: dirname(tree) }
}

function countBytes(progress: (sentence: string) => void): Transform {
  let bytes = 0
  let told = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes - told >= PROGRESS_STEP_BYTES) {
        told = bytes
        progress(`Importing the sandbox into Docker: ${Math.round(bytes / 1024 / 1024)} MiB so far …`)
      }
      done(null, chunk)
    },
  })
}
