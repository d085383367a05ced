import { x } from '@provident/kernel'; import { y } from '@provident/kernel/money'; console.log(x + y);
