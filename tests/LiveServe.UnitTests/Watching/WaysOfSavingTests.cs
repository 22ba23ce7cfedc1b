using System.IO.MemoryMappedFiles;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.UnitTests.Watching;

/// <summary>
/// The same system calls on the same kind of names as each program makes when it saves <c>a.html</c>, on a real file system: one change, whatever
/// it does, and none when no byte differs. One table, so it is longer than other files.
/// </summary>
public sealed class WaysOfSavingTests
{
    private const string Old = "<p>the old text</p>", New = "<p>the new text</p>", Longer = "<p>a new and longer text</p>";

    private static readonly Dictionary<string, Action<WatchedFolder>> Saves = new()
    {
        ["in place"] = f => f.Write("a.html", New),
        ["in place, in chunks"] = f => InChunks(f, "a.html"),
        ["in place, never closed before the next save"] = f =>
        {
            using var file = File.Open(f.At("a.html"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.Write("<p>"u8);
            file.Flush();
            f.Write("a.html", New);
        },
        ["temporary file and rename"] = f => Renamed(f, "a.html.tmp"),
        ["a temporary file of an unknown name"] = f => Renamed(f, "9f3c2e"),
        ["vim, backup by rename"] = f =>
        {
            f.Write("4913", "");
            File.Delete(f.At("4913"));
            f.Write(".a.html.swp", "b0VIM");
            File.Move(f.At("a.html"), f.At("a.html~"));
            f.Write("a.html", New);
            File.Delete(f.At("a.html~"));
            File.Delete(f.At(".a.html.swp"));
        },
        ["vim, backup by copy"] = f =>
        {
            File.Copy(f.At("a.html"), f.At("a.html~"));
            InChunks(f, "a.html");
            File.Delete(f.At("a.html~"));
        },
        ["emacs"] = f =>
        {
            f.Link(".#a.html", "user@host.4711:1700000000"); // its lock: a link to nowhere
            f.Write("#a.html#", New);
            File.Move(f.At("a.html"), f.At("a.html~"));
            f.Write("a.html", New);
            File.Delete(f.At("#a.html#"));
            File.Delete(f.At(".#a.html"));
        },
        ["nano"] = f =>
        {
            f.Write(".a.html.swp", "b0nano");
            f.Write("a.html", New);
            File.Delete(f.At(".a.html.swp"));
        },
        ["VS Code"] = f => InChunks(f, "a.html"),
        ["VS Code, atomic"] = f => Renamed(f, "a.html.vsctmp"),
        ["JetBrains safe write"] = f =>
        {
            f.Write("a.html___jb_tmp___", New);
            File.Move(f.At("a.html"), f.At("a.html___jb_old___"));
            File.Move(f.At("a.html___jb_tmp___"), f.At("a.html"));
            File.Delete(f.At("a.html___jb_old___"));
        },
        ["gedit and GLib"] = f => Renamed(f, ".goutputstream-X4K2B1"),
        ["GLib with a backup"] = f =>
        {
            f.Write(".goutputstream-X4K2B1", New);
            File.Delete(f.At("a.html~"));
            NativeFile.HardLink(f.At("a.html"), f.At("a.html~"));
            File.Move(f.At(".goutputstream-X4K2B1"), f.At("a.html"), overwrite: true);
        },
        ["kate and KDE"] = f => Renamed(f, ".a.html.hQ3xZt"),
        ["Qt's QSaveFile"] = f => Renamed(f, "a.html.hQXxZt"),
        ["Sublime Text, atomic"] = f => Renamed(f, ".sublbf2.tmp"),
        ["perl -i of today"] = f => Renamed(f, "XXBzf3qR"),
        ["perl -i of old"] = f =>
        {
            using var old = File.Open(f.At("a.html"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(f.At("a.html"));
            f.Write("a.html", New);
        },
        ["rsync over a slow line"] = f =>
        {
            InChunks(f, ".a.html.4fKq2Z");
            File.Move(f.At(".a.html.4fKq2Z"), f.At("a.html"), overwrite: true);
        },
        ["scp and sftp over a slow line"] = f => InChunks(f, "a.html"),
        ["removed and made anew"] = f =>
        {
            File.Delete(f.At("a.html"));
            f.Write("a.html", New);
        },
        ["a hard link in its place"] = f =>
        {
            File.Delete(f.At("a.html"));
            NativeFile.HardLink(f.At(".git/new"), f.At("a.html"));
        },
        ["a file without a name"] = f =>
        {
            File.Delete(f.At("a.html"));
            NativeFile.WriteNameless(f.Root, "a.html", "nameless"u8);
        },
        ["a file without a name, then renamed"] = f =>
        {
            NativeFile.WriteNameless(f.Root, "a.html.tmp", "nameless"u8);
            File.Move(f.At("a.html.tmp"), f.At("a.html"), overwrite: true);
        },
        ["through a mapping"] = f =>
        {
            using var mapped = MemoryMappedFile.CreateFromFile(f.At("a.html"), FileMode.Open);
            using var view = mapped.CreateViewAccessor();
            view.Write(0, (byte)'<');
            view.Write(3, (byte)'!');
        },
        ["cut without being opened"] = f => NativeFile.Cut(f.At("a.html"), 5),
        ["emptied without being opened"] = f => NativeFile.Cut(f.At("a.html"), 0),
        ["emptied"] = f => f.Write("a.html", ""),
        ["a hole and a tail"] = f =>
        {
            using var file = File.OpenWrite(f.At("a.html"));
            file.Seek(1024 * 1024, SeekOrigin.Begin);
            file.Write("tail"u8);
        },
        ["one byte more"] = f => File.AppendAllText(f.At("a.html"), "!"),
        ["swapped with another name"] = f => NativeFile.Swap(f.At("a.html"), f.At(".git/new")),
    };

    // Programs that are everywhere: sed, and those of coreutils.
    private static readonly Dictionary<string, string[]> Programs = new()
    {
        ["sed -i"] = ["sed", "-i", "s/old/new/", "a.html"],
        ["cp --reflink"] = ["cp", "--reflink=auto", ".git/new", "a.html"],
        ["cp over"] = ["cp", ".git/new", "a.html"],
        ["cp of a file that is older"] = ["cp", "-p", ".git/older", "a.html"],
        ["mv over"] = ["mv", ".git/new", "a.html"],
        ["ln -f"] = ["ln", "-f", ".git/new", "a.html"],
        ["install"] = ["install", "-m", "644", ".git/new", "a.html"],
        ["dd conv=notrunc"] = ["dd", "if=.git/new", "of=a.html", "conv=notrunc", "bs=4"],
        ["truncate -s"] = ["truncate", "-s", "4", "a.html"],
        ["tee"] = ["sh", "-c", "tee a.html < .git/new"],
        ["a shell's redirection"] = ["sh", "-c", "(echo '<p>'; cat .git/new) > a.html"],
    };

    private static readonly Dictionary<string, Action<WatchedFolder>> NoSaves = new()
    {
        ["the same bytes in place"] = f => f.Write("a.html", Old),
        ["the same bytes by rename"] = f =>
        {
            f.Write("a.html.tmp", Old);
            File.Move(f.At("a.html.tmp"), f.At("a.html"), overwrite: true);
        },
        ["touch"] = f => File.SetLastWriteTimeUtc(f.At("a.html"), DateTime.UtcNow),
        ["touch back to 1970"] = f => File.SetLastWriteTimeUtc(f.At("a.html"), DateTime.UnixEpoch),
        ["attributes"] = f =>
        {
            File.SetAttributes(f.At("a.html"), FileAttributes.ReadOnly); // on Linux a chmod
            File.SetAttributes(f.At("a.html"), FileAttributes.Normal);
        },
        ["truncate to the length it has"] = f => NativeFile.Cut(f.At("a.html"), Old.Length),
        ["opened to be written, and not written"] = f => File.OpenWrite(f.At("a.html")).Dispose(),
        ["a hard link elsewhere"] = f => NativeFile.HardLink(f.At("a.html"), f.At(".git/b")),
        ["a temporary file that comes and goes"] = f =>
        {
            f.Write("whatever", "x");
            File.Delete(f.At("whatever"));
        },
        ["changed and changed back"] = f =>
        {
            f.Write("a.html", New);
            f.Write("a.html", Old);
        },
        ["moved away and back"] = f =>
        {
            File.Move(f.At("a.html"), f.At("c.html"));
            File.Move(f.At("c.html"), f.At("a.html"));
        },
    };

    public static TheoryData<string, string> EverySave => Rows(Saves.Keys);

    public static TheoryData<string, string> EveryProgram => Rows(Programs.Keys);

    public static TheoryData<string, string> EveryNoSave => Rows(NoSaves.Keys);

    [Theory, MemberData(nameof(EverySave))]
    public async Task A_save_is_one_change(string way, string source)
    {
        await using var folder = await StartAsync(source);
        Saves[way](folder);
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(EveryProgram))]
    public async Task A_programs_save_is_one_change(string way, string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "these are Linux's programs");
        await using var folder = await StartAsync(source);
        await Program.RunInAsync(folder.Root, Programs[way][0], Programs[way][1..]);
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(EveryNoSave))]
    public async Task What_changes_no_byte_is_no_change(string way, string source)
    {
        await using var folder = await StartAsync(source);
        NoSaves[way](folder);
        Assert.Empty(await folder.SettledAsync());
    }

    // The program under test waits four times as long: between two calls of a save, this machine may do other things.
    private static Task<WatchedFolder> StartAsync(string source) => WatchedFolder.StartAsync(
        source,
        folder => File.SetLastWriteTimeUtc(folder.At(".git/older"), DateTime.UtcNow.AddYears(-1)),
        options => options with { Clock = new SlowClock(4) },
        ("a.html", Old), ("b.html", "b"), (".git/new", New), (".git/older", Longer));

    private static void Renamed(WatchedFolder folder, string temporary)
    {
        folder.Write(temporary, New);
        File.Move(folder.At(temporary), folder.At("a.html"), overwrite: true);
    }

    private static void InChunks(WatchedFolder folder, string path)
    {
        using var file = File.Create(folder.At(path));
        foreach (var chunk in Longer.Chunk(4))
        {
            file.Write(Encoding.UTF8.GetBytes(chunk));
            file.Flush();
            FileTick.Wait(folder.At(".git"));
        }
    }

    private static TheoryData<string, string> Rows(IEnumerable<string> ways)
    {
        var rows = new TheoryData<string, string>();
        foreach (var way in ways)
        {
            rows.Add(way, "polling");
            if (OperatingSystem.IsLinux())
            {
                rows.Add(way, "inotify");
            }
        }

        return rows;
    }
}
