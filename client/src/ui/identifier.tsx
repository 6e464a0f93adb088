import { Fragment } from 'react'

/** A Go name that may break where its words do, not in the middle of one. */
export function Identifier({ name }: { name: string }) {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=\.)/)
  return words.map((word, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ))
}
