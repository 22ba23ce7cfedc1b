using LiveServe.Paths;

namespace LiveServe.UnitTests.Paths;

public sealed class HiddenNamesTests
{
    [Theory]
    [InlineData("/", nameof(Visibility.Open))]
    [InlineData("/a.b/c.html", nameof(Visibility.Open))]
    [InlineData("/.well-known/security.txt", nameof(Visibility.Open))]
    [InlineData("/a/.well-known/x", nameof(Visibility.Hidden))]
    [InlineData("/.well-known/.x", nameof(Visibility.Hidden))]
    [InlineData("/.x", nameof(Visibility.Hidden))]
    [InlineData("/a/.x/b", nameof(Visibility.Hidden))]
    [InlineData("/src/secret.crt/.", nameof(Visibility.Hidden))]
    [InlineData("/.git", nameof(Visibility.Secret))]
    [InlineData("/.GIT/config", nameof(Visibility.Secret))]
    [InlineData("/.env", nameof(Visibility.Secret))]
    [InlineData("/.env.local", nameof(Visibility.Secret))]
    [InlineData("/x/.ssh/y", nameof(Visibility.Secret))]
    [InlineData("/server.pem", nameof(Visibility.Secret))]
    [InlineData("/a/Server.KEY", nameof(Visibility.Secret))]
    [InlineData("/id_rsa", nameof(Visibility.Secret))]
    [InlineData("/id_rsa.pub", nameof(Visibility.Open))]
    [InlineData("/dbconfig.json", nameof(Visibility.Secret))]
    [InlineData("/keys.html", nameof(Visibility.Open))]
    [InlineData("/monkey", nameof(Visibility.Open))]
    public void The_strictest_segment_decides(string path, string expected) =>
        Assert.Equal(expected, HiddenNames.Judge(new RequestTarget(path, "")).ToString());

    [Theory]
    [InlineData("/__liveserve/ws", true)]
    [InlineData("/__liveserve", true)]
    [InlineData("/__liveserve/", true)]
    [InlineData("/__liveserver/x", false)]
    [InlineData("/a/__liveserve/ws", false)]
    [InlineData("/", false)]
    public void The_prefix_is_ours_and_nothing_else(string path, bool ours) => Assert.Equal(ours, ReservedPaths.Contains(path));
}
