using System.Text.RegularExpressions;
using LiveServe.UnitTests.Architecture;

namespace LiveServe.UnitTests.Docs;

/// <summary>
/// A promise without a test is a hope: <c>docs/security.md</c> names for each the tests that hold it, <c>docs/faults.md</c> for each fault, and they are there.
/// </summary>
public sealed partial class HeldByTests
{
    private static readonly ILookup<string, string> Sources = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Where(file => !Repository.IsBuilt(file))
        .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

    public static TheoryData<string> Promises => [.. Rows("security.md"), .. Rows("faults.md")];

    [Theory, MemberData(nameof(Promises))]
    public void Each_promise_is_held_by_tests_that_exist(string row)
    {
        var named = TestName().Matches(row.Split('|')[^2]);
        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(Sources[test.Groups[1].Value], source => source.Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("security.md")]
    [InlineData("faults.md")]
    public void The_table_is_read(string page) => Assert.InRange(Rows(page).Count(), 25, 200);

    private static IEnumerable<string> Rows(string page) => File.ReadAllLines(Path.Combine(Repository.Root, "docs", page))
        .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => line.StartsWith('|')).Where(line => !line.StartsWith("| **", StringComparison.Ordinal));

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
