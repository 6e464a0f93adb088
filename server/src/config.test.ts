import { describe, expect, it } from 'vitest'
import { ConfigError, isLoopback, readConfig } from './config.ts'

describe('the configuration', () => {
  it('serves on loopback where nothing is set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, sandbox: 'auto', publicOrigins: [], graceMs: 60_000 })
    expect(config.dataDir.endsWith('/.data')).toBe(true)
    expect(config.slots).toBeGreaterThan(0)
  })

  it('takes what is set, and an empty value for not set', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '',
      SANDBOX: 'docker',
      SANDBOX_MODE: 'lease',
      PUBLIC_ORIGIN: 'https://a.example/, http://b.example:81',
    })
    expect(config).toMatchObject({ port: 0, host: '127.0.0.1', sandbox: 'docker', sandboxMode: 'lease' })
    expect(config.publicOrigins).toEqual(['https://a.example', 'http://b.example:81'])
  })

  const wrong: [string, string, string][] = [
    ['PORT', 'eighty', 'PORT="eighty" is not valid: it must be a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT="65536" is not valid: it must be a whole number from 0 to 65535.'],
    ['SANDBOX', 'podman', 'SANDBOX="podman" is not valid: it must be auto, docker or bubblewrap.'],
    ['SLOTS', '0', 'SLOTS="0" is not valid: it must be a whole number from 1 to 256.'],
    ['PUBLIC_ORIGIN', 'example.org', 'PUBLIC_ORIGIN="example.org" is not valid'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL="loud" is not valid'],
  ]
  it.each(wrong)('refuses %s=%s and says why', (name, value, message) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [name]: value })).toThrow(message)
  })

  it('names every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', SLOTS: 'y' })).toThrow(/PORT=.*\nSLOTS=/)
  })

  it.each([
    ['127.0.0.1', true],
    ['127.8.9.1', true],
    ['[::1]', true],
    ['LocalHost', true],
    ['127.0.0.1.example.org', false],
    ['0.0.0.0', false],
    ['::', false],
  ])('knows whether %s is loopback', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
  })
})
