/** What the vendor's description tells; `carrierkit adapter new --description` writes it. */
export const describedOperations = {};
