using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>What a folder holds, and of which kind it is, without a look at any of it.</summary>
/// <remarks>
/// On Linux readdir(3): .NET tells a link from a file only by one more call for each. The structure is that of every 64-bit Linux; a file
/// system that does not know the kinds (DT_UNKNOWN) is asked for each.
/// </remarks>
internal static partial class FolderListing
{
    private const int KindAt = 18, NameAt = 19;

    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = true, AttributesToSkip = 0, ReturnSpecialDirectories = false };

    /// <summary>The entries of a folder; none when it is gone, or closed to us.</summary>
    public static IReadOnlyList<(string Name, FileKind Kind)> Of(string folder)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(folder) : Portably(folder);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The entries of an open folder, on Linux: what was opened is what is read, whatever stands at its path by now.</summary>
    public static IReadOnlyList<(string Name, FileKind Kind)> Of(SafeFileHandle folder)
    {
        var copy = Duplicate((int)folder.DangerousGetHandle()); // closedir(3) closes it
        return Read(copy < 0 ? 0 : OpenDir(copy), name => LinuxFile.StatIn(folder, name)?.Kind);
    }

    private static List<(string, FileKind)> OnLinux(string folder) => Read(OpenDir(folder), name => LinuxFile.Stat(Path.Combine(folder, name))?.Kind);

    private static List<(string, FileKind)> Read(nint stream, Func<string, FileKind?> kindOf)
    {
        var entries = new List<(string, FileKind)>();
        if (stream == 0)
        {
            return entries;
        }

        while (ReadDir(stream) is not 0 and var entry)
        {
            var name = Marshal.PtrToStringUTF8(entry + NameAt)!;
            if (name is not ("." or ".."))
            {
                entries.Add((name, Marshal.ReadByte(entry + KindAt) switch
                {
                    4 => FileKind.Folder,
                    8 => FileKind.Regular,
                    10 => FileKind.Link,
                    0 => kindOf(name) ?? FileKind.Special,
                    _ => FileKind.Special,
                }));
            }
        }

        _ = CloseDir(stream);
        return entries;
    }

    private static List<(string, FileKind)> Portably(string folder) => [.. new FileSystemEnumerable<(string, FileKind)>(
        folder,
        (ref entry) => (entry.FileName.ToString(), (entry.Attributes & FileAttributes.ReparsePoint) != 0 ? FileKind.Link : entry.IsDirectory ? FileKind.Folder : FileKind.Regular),
        Everything)];

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenDir(string path);

    [LibraryImport("libc", EntryPoint = "fdopendir")]
    private static partial nint OpenDir(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadDir(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseDir(nint stream);
}
