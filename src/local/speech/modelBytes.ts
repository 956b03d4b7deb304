/** The most bytes of a file of the models. The largest has a few hundred megabytes. */
export const modelBytes = 2 ** 30;
