namespace LiveServe.UnitTests;

public sealed class MountTests
{
    [Theory]
    [InlineData("/lib:../shared/lib", "/lib", "../shared/lib")]
    [InlineData("/lib/:x", "/lib", "x")]
    [InlineData("/a/b:C:\\x", "/a/b", "C:\\x")]
    [InlineData("/a b/\u00e9:x", "/a b/\u00e9", "x")]
    [InlineData("/x.js:y.js", "/x.js", "y.js")]
    public void A_mount_is_an_address_and_a_place(string text, string route, string path)
    {
        var mount = Mount.Parse(text, out var problem);
        Assert.Equal(("", route, path), (problem, mount?.Route, mount?.Path));
    }

    [Theory]
    [InlineData("", "ROUTE:PATH")]
    [InlineData("/lib", "ROUTE:PATH")]
    [InlineData("/lib:", "ROUTE:PATH")]
    [InlineData(":x", "ROUTE:PATH")]
    [InlineData("lib:x", "Write it as /lib:x.")]
    [InlineData("/:x", "ROOT's own")]
    [InlineData("//:x", "ROOT's own")]
    [InlineData("/a/../b:x", "no address")]
    [InlineData("/a\\b:x", "no address")]
    [InlineData("/a\nb:x", "no address")]
    [InlineData("/__liveserve:x", "the server's own")]
    [InlineData("/__liveserve/client.js:x", "the server's own")]
    public void What_is_none_is_refused_with_a_remedy(string text, string words)
    {
        Assert.Null(Mount.Parse(text, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }
}
