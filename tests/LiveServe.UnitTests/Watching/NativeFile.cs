using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveServe.UnitTests.Watching;

/// <summary>What programs do to files that .NET has no door to. rename(2), link(2), open(2), truncate(2).</summary>
internal static partial class NativeFile
{
    private const int AtFdCwd = -100, FollowLink = 0x400, Exchange = 2, WriteOnly = 1, Owner = 0x180;

    /// <summary>Two names change places in one act.</summary>
    public static void Swap(string one, string other) => Check(RenameAt2(AtFdCwd, one, AtFdCwd, other, Exchange));

    /// <summary>A second name for a file.</summary>
    public static void HardLink(string path, string name) => Check(Link(path, name));

    /// <summary>Cuts or stretches a file without opening it.</summary>
    public static void Cut(string path, long length) => Check(Truncate(path, length));

    /// <summary>Writes a file that has no name until it is complete. Where the file system has no such files, it is one that gets a second name.</summary>
    public static void WriteNameless(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        var nameless = 0x400000 | (RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? 0x4000 : 0x10000); // O_TMPFILE
        using var file = new SafeFileHandle(Open(folder, nameless | WriteOnly, Owner), ownsHandle: true);
        if (file.IsInvalid)
        {
            File.WriteAllBytes(Path.Combine(folder, ".#nameless"), bytes);
            HardLink(Path.Combine(folder, ".#nameless"), Path.Combine(folder, name));
            return;
        }

        RandomAccess.Write(file, bytes, 0);
        Check(LinkAt(AtFdCwd, $"/proc/self/fd/{file.DangerousGetHandle()}", AtFdCwd, Path.Combine(folder, name), FollowLink));
    }

    private static void Check(int result) => Assert.True(result == 0, $"errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldAt, string oldPath, int newAt, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string name);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(int oldAt, string oldPath, int newAt, string newPath, int flags);

    [LibraryImport("libc", EntryPoint = "truncate", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Truncate(string path, long length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);
}
