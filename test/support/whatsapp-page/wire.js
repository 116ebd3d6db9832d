/* The page's end of the wire to the test. */

export const socket = new WebSocket('__WIRE__')
export const tell = (event) => socket.send(JSON.stringify(event))
