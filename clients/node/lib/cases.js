// Runs test cases one after another and prints the closing line that all
// client programs end with: "NAME: N passed, N failed".

const cases = []

// test adds a case. Its function throws, or rejects, to fail it.
export function test(name, run) {
  cases.push({ name, run })
}

// main runs the cases and ends the process.
export async function main(name) {
  let failed = 0
  for (const { name: title, run } of cases) {
    try {
      await run()
    } catch (error) {
      failed++
      console.log(`FAILED ${title}: ${error.stack ?? error}`)
    }
  }
  console.log(`${name}: ${cases.length - failed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}
