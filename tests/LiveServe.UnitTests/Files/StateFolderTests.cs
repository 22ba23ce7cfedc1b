using LiveServe.Files;

namespace LiveServe.UnitTests.Files;

public sealed class StateFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private readonly StateFolder _state;

    public StateFolderTests() => _state = new StateFolder(Path.Combine(_parent, "deep", "state"));

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void What_was_written_first_stays_unless_it_is_replaced()
    {
        Assert.Null(_state.Read("a"));
        Assert.Equal("one", _state.Create("a", "one"));
        Assert.Equal("one", _state.Create("a", "two"));
        _state.Replace("a", "three");
        Assert.Equal("three", _state.Read("a"));
        Assert.Equal(["a"], Directory.GetFileSystemEntries(_state.FullPath).Select(Path.GetFileName));
    }

    [Fact]
    public void Of_many_that_create_it_at_once_all_get_the_same()
    {
        var texts = new string[16];
        Parallel.For(0, texts.Length, i => texts[i] = _state.Create("a", $"{i}"));
        Assert.Single(texts.Distinct());
        Assert.Equal(texts[0], _state.Read("a"));
    }

    [Fact]
    public void Only_this_user_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the profile's own access list says so there
        }

        _state.Create("a", "one");
        _state.Replace("b", "two");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_state.FullPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_state.At("a")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_state.At("b")));
        File.SetUnixFileMode(_state.At("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        _state.Read("a");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_state.At("a")));
    }
}
