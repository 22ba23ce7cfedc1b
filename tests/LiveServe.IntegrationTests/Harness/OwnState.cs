using System.Runtime.CompilerServices;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>What tests and the commands that they start keep between runs is not kept among what this user's own liveserve keeps.</summary>
internal static class OwnState
{
    [ModuleInitializer]
    internal static void Begin()
    {
        var folder = Directory.CreateTempSubdirectory("liveserve-state-").FullName;
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Somebody still writes there.
            }
        };
    }
}
