using LiveServe.Inspection;

namespace LiveServe.UnitTests.Inspection;

/// <summary>What is nobody's business is masked, wherever it stands and however it is cut.</summary>
public sealed class SecretsTests
{
    private static readonly Secrets Secrets = new(["PAIRING", "HOSTKEY1"]);

    public static TheoryData<string, string> Texts => new()
    {
        { "", "" },
        { "hello", "hello" },
        { """{"password":"abc","x":1}""", """{"password":"•••","x":1}""" },
        { """{ "userPassword" : "a\"b" , "x":1}""", """{ "userPassword" : "•••" , "x":1}""" },
        { """{"a":"b\\","password":"c\\","x":"y"}""", """{"a":"b\\","password":"•••","x":"y"}""" },
        { """{"PASSWORD":"abc"}""", """{"PASSWORD":"•••"}""" },
        { """{"accessToken":"abc","refresh_token":"def"}""", """{"accessToken":"•••","refresh_token":"•••"}""" },
        { """{"token":12345}""", """{"token":•••}""" },
        { """{"tokens":["a","b]"],"x":1}""", """{"tokens":•••,"x":1}""" },
        { """{"secret":{"a":"}"},"x":1}""", """{"secret":•••,"x":1}""" },
        { """{"password":"cut off""", """{"password":"•••""" },
        { """{"secret":{"a":1""", """{"secret":•••""" },
        { """{"password":""", """{"password":""" },
        { """{"password" """, """{"password" """ },
        { """{"password":null}""", """{"password":•••}""" },
        { """{"password":""}""", """{"password":""}""" },
        { """{"log":"{\"password\":\"abc\",\"x\":1}"}""", """{"log":"{\"password\":\"•••\",\"x\":1}"}""" },
        { """{"log":"{\"password\":\"a\\\"b\",\"x\":1}"}""", """{"log":"{\"password\":\"•••\",\"x\":1}"}""" },
        { "user=ann&password=abc&x=1", "user=ann&password=•••&x=1" },
        { "/?api_key=abc", "/?api_key=•••" },
        { "Authorization: Basic YWRhOnNlY3JldA==\r\nX: 1", "Authorization: •••\r\nX: 1" },
        { "Cookie: a=1; b=2\r\nX: 1", "Cookie: •••\r\nX: 1" },
        { "Set-Cookie: token=abc; Path=/\r\nX: 1", "Set-Cookie: •••\r\nX: 1" },
        { """{"headers":{"cookie":"a=1; b=2"},"x":1}""", """{"headers":{"cookie":"•••"},"x":1}""" },
        { "Bearer abc.def.ghi and more", "Bearer ••• and more" },
        { "my password is long", "my password is long" },
        { "password = 'abc def'", "password = '•••'" },
        { "the link is /?liveserve=PAIRING.", "the link is /?liveserve=•••" },
        { "xPAIRINGx HOSTKEY1", "x•••x •••" },
        { """{"key":"abc"}""", """{"key":"abc"}""" },
        { """{"hostKey":"abc"}""", """{"hostKey":"•••"}""" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void Secrets_are_masked(string text, string shown) => Assert.Equal(shown, Secrets.Hide(text));

    [Fact]
    public void A_sockets_own_names_are_added() => Assert.Equal("""{"key":"•••","monkey":"x"}""", Secrets.Hide("""{"key":"abc","monkey":"x"}""", 0, "key"));

    [Fact]
    public void The_host_sees_all_but_what_is_ours() =>
        Assert.Equal("""{"password":"abc","x":"•••"}""", new Secrets(["HOSTKEY1"], byName: false).Hide("""{"password":"abc","x":"HOSTKEY1"}""", 0, "x"));

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        var random = new Random(1);
        string[] parts = ["password", "\"", "\\", ":", "=", "{", "[", "}", "]", "token", " ", "a", "'", "\r\n", "cookie", "bearer ", "•••", "😀", "HOSTKEY1"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var end = 0;
            foreach (var (from, to) in Secrets.Find(text, "a"))
            {
                Assert.InRange(from, end, text.Length);
                Assert.InRange(to, from, text.Length);
                end = to;
            }

            Assert.DoesNotContain("HOSTKEY1", Secrets.Hide(text), StringComparison.Ordinal);
        }
    }
}
