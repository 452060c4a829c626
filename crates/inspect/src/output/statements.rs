//! SQL that was made to be injected, and SQL that destroys.

use super::{phrase, rule};
use crate::detector::Phrase;

/// Injection into statements, and destructive ones.
pub(super) const PHRASES: &[Phrase] = &[
    phrase(
        rule(
            "out-sql-001",
            "tautology",
            85,
            "A quote that is closed, and a condition that is always true.",
        ),
        &[
            "' or", "\" or", "') or", "\") or", "'or", "')or", "' ||", "'||", "' and", "') and",
            "'/**/or", "'+or", "\\' or", "%27 or", "%27%20or",
        ],
        r"(?:\\?['\x22]|%27)\)?(?:\s|/\*\*/|\+|%20){0,3}(?:or|and|\|\|)(?:\s|/\*\*/|\+|%20){0,3}\(?(?:\\?['\x22]?(?:1\\?['\x22]?\s{0,2}=\s{0,2}\\?['\x22]?1|a\\?['\x22]?\s{0,2}=\s{0,2}\\?['\x22]?a|x\\?['\x22]?\s{0,2}=\s{0,2}\\?['\x22]?x|0\s{0,2}=\s{0,2}0|2\s{0,2}=\s{0,2}2|1\s{0,2}(?:--|#)|true\s{0,2}(?:--|#)|\\?['\x22]\s{0,2}=\s{0,2}\\?['\x22])|1\s{1,3}like\s{1,3}1|not\s{1,3}false)",
    ),
    phrase(
        rule(
            "out-sql-002",
            "numeric_tautology",
            75,
            "A condition that is always true, with the rest made a comment.",
        ),
        &[
            "or 1=1",
            "or 1 = 1",
            "or true--",
            "or 1=1--",
            "or 2>1",
            "and 1=1",
            "and 1=2",
        ],
        r"(?:or|and)\s(?:1\s?=\s?[12]|true|2>1)\s{0,2}(?:--|#|/\*|;\s?(?:drop|delete|update|insert|truncate))",
    ),
    phrase(
        rule(
            "out-sql-003",
            "stacked_query",
            92,
            "A quote that is closed, a second statement, and the rest made a comment.",
        ),
        &[
            "';", "\";", "');", "\");", "'));", "' ;", "') ;", "1;", "0;", "1 ;", "\\';",
        ],
        r"(?:\\?['\x22]\)?\)?|[01])\s?;\s{0,3}(?:drop\s{1,3}(?:table|database|schema|user|view|index|procedure)|truncate\s{1,3}(?:table\s{1,3})?\w|delete\s{1,3}from|update\s{1,3}[\w.]{1,40}\s{1,3}set|insert\s{1,3}into|alter\s{1,3}(?:table|user|login)|exec(?:ute)?\s{1,3}(?:master|xp_|sp_)|shutdown\b|create\s{1,3}(?:user|login)|grant\s{1,3}all)[^\n;]{0,160}?;?\s{0,3}(?:--|/\*|#)",
    ),
    phrase(
        rule(
            "out-sql-004",
            "union_select",
            88,
            "A union that brings columns of another table, or of the catalogue.",
        ),
        &[
            "union select",
            "union all select",
            "union/**/",
            "union+select",
            "union%20select",
            "union+all+select",
            "' union",
            "') union",
            "\" union",
            "union distinct select",
        ],
        r"(?:['\x22]\)?\s{0,3}union(?:\s|/\*\*/|\+|%20){1,3}(?:(?:all|distinct)(?:\s|/\*\*/|\+|%20){1,3})?select\b|union(?:\s|/\*[^*]{0,10}\*/|\+|%20){1,3}(?:(?:all|distinct)(?:\s|/\*[^*]{0,10}\*/|\+|%20){1,3})?select(?:\s|/\*\*/|\+|%20){1,3}[^;\n]{0,48}?(?:null\s?,\s?null|1\s?,\s?2\s?,\s?3|@@version|@@hostname|information_schema|load_file\s?\(|into\s{1,3}(?:out|dump)file|sqlite_master|pg_catalog|pg_shadow|mysql\.user|sys\.(?:tables|objects)|sysobjects|(?:group_)?concat\s?\(\s?(?:user|password|username|0x)|char\s?\(\s?\d|version\s?\(\s?\)))",
    ),
    phrase(
        rule(
            "out-sql-005",
            "blind",
            85,
            "A condition that waits: the answer is read from the time.",
        ),
        &[
            "1 and sleep(",
            "1 or sleep(",
            "' and (select",
            "waitfor delay",
            "||pg_sleep",
            "|| pg_sleep",
            "select pg_sleep",
            "benchmark(",
            "1 and if(",
            "1 or if(",
            "xor(if(",
            "dbms_pipe",
            "dbms_lock.sleep",
            "and (select",
            "' or sleep",
        ],
        r"(?:1\s(?:and|or)\s{1,3}(?:if\s?\([^)\n]{1,80},\s?)?sleep\s?\(\s?\d|'\s(?:and|or)\s{1,3}(?:\(select[^\n;]{0,48})?sleep\s?\(\s?\d|waitfor\s{1,3}delay\s{1,3}'0?0?:?\d|\|\|\s?pg_sleep\s?\(|select\s{1,3}pg_sleep\s?\(\s?\d{1,3}\s?\)\s{0,2}--|benchmark\s?\(\s?\d{6,12}\s?,|xor\(if\(|dbms_pipe\.receive_message\s?\(|and\s{1,3}\(select\s{1,3}[^;\n]{0,60}?(?:sleep|extractvalue|updatexml|substring\s?\())",
    ),
    phrase(
        rule(
            "out-sql-006",
            "server_command",
            88,
            "A statement that leaves the store: to a shell, to files.",
        ),
        &[
            "xp_cmdshell",
            "into outfile",
            "into dumpfile",
            "load_file(",
            "sp_oacreate",
            "copy (select",
            "to program '",
            "from program '",
            "utl_http.request",
            "sys_exec(",
            "lo_import(",
        ],
        r"(?:xp_cmdshell\s{1,3}['\x22(n]|into\s{1,3}(?:out|dump)file\s{1,3}['\x22][^\n'\x22]{0,80}\.(?:php|jsp|aspx?|sh)|load_file\s?\(\s?(?:['\x22](?:/etc/|/proc/|c:)|0x)|sp_oacreate\s{1,3}['\x22]wscript|(?:to|from)\s{1,3}program\s{1,3}'[^\n']{0,40}(?:curl|wget|nc|bash|sh|whoami|id)\b|copy\s{1,2}\(select[^\n;]{0,100}to\s{1,3}program|utl_http\.request\s?\(|sys_exec\s?\(|lo_import\s?\(\s?'/etc/)",
    ),
    phrase(
        rule(
            "out-sql-007",
            "login_bypass",
            80,
            "A name that makes the check of the password a comment.",
        ),
        &["admin'", "admin\"", "admin')", "root'", "administrator'"],
        r"(?:admin|root|administrator)['\x22]\)?\s{0,3}(?:--|#|/\*|or\b)",
    ),
    phrase(
        rule(
            "out-sql-008",
            "destructive",
            60,
            "A statement that drops or empties: code help shows them as well.",
        ),
        &[
            "drop table",
            "drop database",
            "drop schema",
            "truncate table",
            "drop user",
        ],
        r"(?:drop\s{1,3}(?:table|database|schema|user)|truncate\s{1,3}table)\s{1,3}(?:if\s{1,3}exists\s{1,3})?[\w.\x22`\[\]]{1,80}",
    ),
];
