@echo off
rem Starts Duello: from a source checkout, which it builds when needed, or from the bin\ of a distribution.
rem
rem   DUELLO_JAVA   the java.exe to use, or the home of a JDK; else JAVA_HOME, else java on the PATH
rem   DUELLO_OPTS   more options for java, such as -Xmx8g; they win over those set here
setlocal DisableDelayedExpansion
set "HERE=%~dp0"

set "JAVA="
if defined DUELLO_JAVA (
    set "JAVA=%DUELLO_JAVA%"
    if exist "%DUELLO_JAVA%\bin\java.exe" set "JAVA=%DUELLO_JAVA%\bin\java.exe"
    goto :ask
)
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA set "JAVA=java"

:ask
set "VERSION=0"
for /f "tokens=2 delims== " %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do set "VERSION=%%v"
if "%VERSION:~0,2%"=="1." set "VERSION=%VERSION:~2%"
if "%VERSION%"=="0" (
    echo duello: Duello needs a JDK of version 17 or newer, and none was found; install one and set JAVA_HOME to it 1>&2
    exit /b 2
)
if %VERSION% LSS 17 (
    echo duello: Duello needs a JDK of version 17 or newer: %JAVA% is version %VERSION%; install one and set JAVA_HOME to it 1>&2
    exit /b 2
)

if exist "%HERE%pom.xml" if exist "%HERE%studio\" goto :checkout
for %%i in ("%HERE%..") do set "ROOT=%%~fi"
if not exist "%ROOT%\lib\" (
    echo duello: the folder %ROOT%\lib is missing; unpack the distribution again 1>&2
    exit /b 1
)
set "CLASSES=%ROOT%\lib\*"
goto :start

:checkout
set "ROOT=%HERE:~0,-1%"
call :stale
if not defined STALE goto :built
where mvn >nul 2>nul
if errorlevel 1 (
    echo duello: this is a source checkout and there is no Maven to build it with; install Maven 3.8 or newer, or unpack a distribution of Duello 1>&2
    exit /b 2
)
echo duello: building: a minute or two, and about 150 MB of downloads the first time ... 1>&2
pushd "%ROOT%"
call mvn -q -B -Dmaven.test.skip=true -pl studio -am package 1>&2
if errorlevel 1 (
    popd
    echo duello: the build failed; Maven says why above 1>&2
    exit /b 1
)
popd
:built
for /f "usebackq delims=" %%c in ("%ROOT%\studio\target\classpath.txt") do set "CLASSES=%%c"
set "CLASSES=%ROOT%\studio\target\duello-studio.jar;%CLASSES%"

:start
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%NUMBER_OF_PROCESSORS%"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
if not defined GOMP_SPINCOUNT set "GOMP_SPINCOUNT=10000"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
set "ACCESS="
if %VERSION% GEQ 22 set "ACCESS=--enable-native-access=ALL-UNNAMED"
set "CLASSPATH=%CLASSES%"
"%JAVA%" -Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto %ACCESS% -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0 "-Dduello.home=%ROOT%" %DUELLO_OPTS% duello.studio.Main %*
exit /b %ERRORLEVEL%

rem Sets STALE when there is no build, or a source file is newer than it.
:stale
set "STALE="
set "STAMP=%ROOT%\studio\target\classpath.txt"
if not exist "%STAMP%" (
    set "STALE=1"
    exit /b 0
)
powershell -NoProfile -Command "$t=(Get-Item $env:STAMP).LastWriteTime; $f=Get-ChildItem -Recurse -File (Join-Path $env:ROOT 'pom.xml'),(Join-Path $env:ROOT 'core\pom.xml'),(Join-Path $env:ROOT 'studio\pom.xml'),(Join-Path $env:ROOT 'core\src\main'),(Join-Path $env:ROOT 'studio\src\main'),(Join-Path $env:ROOT 'recipes') -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1; if ($f) { exit 1 }"
if errorlevel 1 set "STALE=1"
exit /b 0
