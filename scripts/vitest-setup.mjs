// The vendor descriptions are YAML in the repository and JSON at run time; tests on sources need the JSON too.
import { buildDescriptions } from '../packages/vendor-apis/scripts/build.mjs';

export default function setup() {
  buildDescriptions();
}
