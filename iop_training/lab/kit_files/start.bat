@echo off
rem Starts the course; the first time it installs what the course needs into this folder.
cd /d "%~dp0"
if exist .venv\ready goto start
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || goto nopython
echo Preparing the course. This happens once and takes a few minutes ...
py -3 -m venv .venv || goto failed
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check -r requirements.lock || goto failed
for %%w in (wheel\*.whl) do .venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps "%%w" || goto failed
type nul > .venv\ready
:start
.venv\Scripts\iop-training lab --workspace course
pause
exit /b 0
:nopython
echo This course needs Python 3.11 or newer. Get it from https://www.python.org/downloads/
pause
exit /b 1
:failed
echo The course could not be prepared. Check the internet connection and start this file again.
pause
exit /b 1
