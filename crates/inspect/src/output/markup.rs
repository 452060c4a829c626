//! HTML that runs script where a reply is shown.

use super::{phrase, rule};
use crate::detector::Phrase;

/// Script in markup.
pub(super) const PHRASES: &[Phrase] = &[
    phrase(
        rule(
            "out-xss-001",
            "script_tag",
            60,
            "A script tag: code help shows them as well.",
        ),
        &["<script"],
        r"<script(?:[\s/][^<>]{0,300})?>",
    ),
    phrase(
        rule(
            "out-xss-002",
            "script_payload",
            90,
            "A script tag whose script reads cookies or storage, or runs what it decodes.",
        ),
        &["<script"],
        r"<script(?:[\s/][^<>]{0,120})?>[^<]{0,300}?(?:document\s?\.\s?cookie|localstorage|sessionstorage|string\.fromcharcode|eval\s?\(\s?(?:atob|unescape|string)|(?:location|src)\s{0,3}=\s{0,3}.{0,80}(?:cookie|token))",
    ),
    phrase(
        rule(
            "out-xss-003",
            "script_probe",
            75,
            "The script with which attackers try whether script runs.",
        ),
        &["<script"],
        r"<script[\s/]{0,3}>\s{0,8}(?:alert|prompt|confirm)\s?[(`]\s?(?:1|'?xss'?|document\.(?:domain|cookie)|\x22xss\x22|origin)?\s?[)`]",
    ),
    phrase(
        rule(
            "out-xss-004",
            "event_handler",
            85,
            "A handler of an event that comes by itself, with script in it.",
        ),
        &[
            "onerror",
            "onload",
            "onfocus",
            "ontoggle",
            "onmouseover",
            "onpointerenter",
            "onanimationstart",
            "onanimationend",
            "onbegin",
            "onstart",
            "onpageshow",
            "onhashchange",
        ],
        r"on[a-z]{4,16}\s{0,3}=\s{0,3}[\x22'`]?\s{0,3}[^\x22'>\n]{0,60}?(?:alert|prompt|confirm|eval|atob|import|document\.(?:cookie|location|write|domain)|location\s?=|fetch\s?\(\s?['\x22`]?(?:https?:)?//|new\s{1,3}image|fromcharcode)",
    ),
    phrase(
        rule(
            "out-xss-005",
            "script_url",
            85,
            "A javascript: URL that does something.",
        ),
        &["javascript:", "java&#", "jav&#", "vbscript:"],
        r"(?:java|vb)script:\s{0,8}[^\s\x22'>]{0,60}?(?:alert|prompt|confirm|eval|atob|document\b|window\.|location|fetch|msgbox|fromcharcode|import\s?\()|jav(?:a)?&#(?:x0?[9ad]|0{0,6}(?:9|10|13));?",
    ),
    phrase(
        rule(
            "out-xss-006",
            "markdown_script_url",
            92,
            "A markdown link to script.",
        ),
        &[
            "](javascript:",
            "](vbscript:",
            "](data:text/html",
            "]( javascript:",
            "](<javascript:",
        ],
        r"\]\(\s?<?(?:javascript:|vbscript:|data:text/html)[^\s)\]]{1,120}",
    ),
    phrase(
        rule("out-xss-007", "data_url", 80, "A data: URL that is a page."),
        &[
            "data:text/html",
            "data:application/xhtml",
            "data:image/svg+xml",
        ],
        r"data:(?:text/html|application/xhtml\+xml)[^,\s\x22'>]{0,60},[^\s\x22'>]{4,400}|data:image/svg\+xml[^,\s\x22'>]{0,60},[^\s\x22'>]{0,300}?(?:onload|%3cscript|<script|phnjcmlwd)",
    ),
    phrase(
        rule(
            "out-xss-008",
            "frame",
            80,
            "A frame with script in its source.",
        ),
        &[
            "<iframe", "<object", "<embed", "<base", "<form", "<button", "<math", "<svg",
        ],
        r"<(?:iframe|object|embed|form|button|base|math|svg)\b[^<>]{0,120}?(?:srcdoc\s?=\s?[\x22']?[^<>]{0,40}(?:<|&lt;)script|(?:src|data|href|action|formaction)\s?=\s?[\x22']?\s?(?:javascript|vbscript|data:text/html))",
    ),
    phrase(
        rule(
            "out-xss-009",
            "meta_refresh",
            65,
            "A page that leaves for another address.",
        ),
        &["<meta"],
        r"<meta\s[^<>]{0,60}?http-equiv\s?=\s?[\x22']?refresh[\x22']?[^<>]{0,60}?url\s?=\s?[\x22']?(?:https?:)?//[^<>\s]{3,100}",
    ),
    phrase(
        rule(
            "out-xss-010",
            "template_payload",
            80,
            "An expression that reaches out of its template.",
        ),
        &[
            "{{constructor",
            "{{$on",
            "{{''",
            "{{\"\"",
            "${t(java",
            "{{config",
            "{{self",
            "#{t(java",
            "{{ ''",
            "{{request.app",
            "<%= system",
            "{{ config.__class",
        ],
        r"(?:\{\{\s?(?:constructor\.constructor|\$on\.constructor|(?:''|\x22\x22)\.__class__|config\.__class__|self\.__init__|request\.application\.__|self\._templatereference)|[$#]\{t\(java\.lang\.|<%=\s?system\s?\()",
    ),
];
