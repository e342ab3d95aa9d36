// Sets the clock of the process that imports it 400 days ahead as soon as that is sent SIGUSR2.

const MachineDate = Date;
let aheadMs = 0;
const now = () => MachineDate.now() + aheadMs;

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
process.on('SIGUSR2', () => {
  aheadMs = 400 * 24 * 3_600_000;
});
