/** Of two cores: stories wait for leases, processes and answers. All projects name it, or they run one after the other. */
export const maxWorkers = 5;
