using System.Globalization;
using System.Text.RegularExpressions;
using LiveServe.Files;

namespace LiveServe.UnitTests.Watching;

/// <summary>Which folders the kernel watches for this process. proc(5), "/proc/pid/fdinfo".</summary>
internal static partial class InotifyWatches
{
    /// <summary>The inodes of all of them.</summary>
    public static HashSet<ulong> InodesOfThisProcess() =>
    [
        .. Directory.GetFiles("/proc/self/fdinfo").Select(ReadOrEmpty).SelectMany(info => Inode().Matches(info))
            .Select(match => ulong.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
    ];

    /// <summary>A folder's.</summary>
    public static ulong InodeOf(string path) => LinuxFile.Stat(path)!.Value.Identity;

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // closed since it was listed
        }
    }

    [GeneratedRegex("^inotify wd:\\S+ ino:([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex Inode();
}
