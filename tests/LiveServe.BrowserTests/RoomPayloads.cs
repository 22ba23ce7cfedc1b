namespace LiveServe.BrowserTests;

/// <summary>Texts that are programs where text is taken for markup. Each sets <c>pwned</c> when it runs.</summary>
internal static class RoomPayloads
{
    /// <summary>Markup, and what breaks out of attributes, templates and elements.</summary>
    public static readonly string[] Markup =
    [
        "<script>pwned=1</script>",
        "<img src=x onerror='pwned=1'>",
        "<svg onload='pwned=1'>",
        "<svg><animate onbegin='pwned=1' attributeName=x dur=1s>",
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
        "<details open ontoggle='pwned=1'>",
        "<video><source onerror='pwned=1'></video>",
        "<math><mtext><style><img src=x onerror='pwned=1'></style></mtext></math>",
        "<input autofocus onfocus='pwned=1'>",
        "\"><img src=x onerror='pwned=1'>",
        "' onmouseover='pwned=1",
        "${pwned=1}", "{{pwned=1}}", "#{pwned=1}",
        "</textarea><script>pwned=1</script>", "</title><script>pwned=1</script>", "</script><script>pwned=1</script>",
        "<!--", "]]>", "<style>* { display: none }",
        "<style>@import 'http://evil.example/x.css'</style>", "<link rel=stylesheet href=http://evil.example/x.css>", "<div style='background:url(http://evil.example/x)'>",
        "<div class='panel full'>", "<base href=http://evil.example/>", "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
        "x\",\"name\":\"teacher", "'); DROP TABLE messages;--",
        "__proto__", "constructor", "toString",
    ];

    /// <summary>Short enough for a name.</summary>
    public static readonly string[] Names =
    [
        "<img src=x onerror=pwned=1>", "<svg onload=pwned=1>", "<b>x</b>", "\"><script>pwned=1</script>", "bob: hi", "__proto__", "constructor", "toString", "${pwned=1}", "' onclick='pwned=1",
    ];

    /// <summary>Addresses that must not become links.</summary>
    public static readonly string[] NoLinks =
    [
        "javascript:pwned=1", "JaVaScRiPt:pwned=1", "java\tscript:pwned=1", "data:text/html,<script>pwned=1</script>", "vbscript:pwned", "//evil.example/x", "file:///etc/passwd",
        "[x](javascript:pwned=1)", "[x](data:text/html,1)", "[x](//evil.example)", "http://", "https://[", "http:evil.example", "ftp://evil.example/", "xhttp://evil.example/",
    ];
}
